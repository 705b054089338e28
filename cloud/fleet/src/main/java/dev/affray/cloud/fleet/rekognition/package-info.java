/** How a model of Amazon Rekognition Custom Labels is. The only importer of Rekognition's SDK. */
@NullMarked
package dev.affray.cloud.fleet.rekognition;

import org.jspecify.annotations.NullMarked;
