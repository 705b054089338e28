/** The frame: its identity, and the one grammar by which it is named in the spool and in S3. */
@NullMarked
package dev.affray.frame;

import org.jspecify.annotations.NullMarked;
