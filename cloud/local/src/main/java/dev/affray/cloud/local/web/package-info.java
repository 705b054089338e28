/** The console on this machine's loopback address. */
@NullMarked
package dev.affray.cloud.local.web;

import org.jspecify.annotations.NullMarked;
