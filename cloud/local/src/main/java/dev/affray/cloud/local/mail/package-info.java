/** E-mail for the local edition: an inbox that keeps what it is sent, and the sending of alerts by SMTP. */
@NullMarked
package dev.affray.cloud.local.mail;

import org.jspecify.annotations.NullMarked;
