/**
 * From an S3 event to an incident.
 *
 * <pre>
 * S3 event -&gt; S3Event -&gt; Inference: FrameKey -&gt; Detector -&gt; DetectionStore (once) -&gt; Window: triggers -&gt; Head (compare-and-set)
 * </pre>
 */
@NullMarked
package dev.affray.cloud.inference;

import org.jspecify.annotations.NullMarked;
