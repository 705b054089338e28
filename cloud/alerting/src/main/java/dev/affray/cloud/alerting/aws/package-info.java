/** How AWS is called to tell people something: nothing is repeated that may have been taken. */
@NullMarked
package dev.affray.cloud.alerting.aws;

import org.jspecify.annotations.NullMarked;
