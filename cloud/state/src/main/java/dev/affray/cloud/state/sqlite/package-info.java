/** The stores on one SQLite file: the local edition's state. */
@NullMarked
package dev.affray.cloud.state.sqlite;

import org.jspecify.annotations.NullMarked;
