/** Who is told of what: the same words in the settings of the AWS side and of the local edition. */
@NullMarked
package dev.affray.recipient;

import org.jspecify.annotations.NullMarked;
