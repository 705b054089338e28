/** From the spool to S3; the only importer of the S3 client. */
@NullMarked
package dev.affray.agent.upload;

import org.jspecify.annotations.NullMarked;
