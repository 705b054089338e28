/**
 * Detectors that ask Amazon Rekognition, and what each of its answers and errors means for a frame. The only importer of its SDK.
 *
 * <pre>
 * Pictures: S3 object or bytes -&gt; DetectCustomLabels or DetectModerationLabels -&gt; CountedLabels: Judged
 *                                                                     error -&gt; Reaction: Later with its cause, or Unusable
 * </pre>
 */
@NullMarked
package dev.affray.cloud.inference.rekognition;

import org.jspecify.annotations.NullMarked;
