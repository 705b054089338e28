/** Strict reading of JSON documents: every problem at once, each with its path and the fix. */
@NullMarked
package dev.affray.document;

import org.jspecify.annotations.NullMarked;
