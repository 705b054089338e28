/** Mails through SES, with pictures from S3. The only package that knows the SDKs of both. */
@NullMarked
package dev.affray.cloud.alerting.ses;

import org.jspecify.annotations.NullMarked;
