/** Messages as mails, whoever sends them. With the local edition's mail room the only package that knows Jakarta Mail. */
@NullMarked
package dev.affray.cloud.alerting.mail;

import org.jspecify.annotations.NullMarked;
