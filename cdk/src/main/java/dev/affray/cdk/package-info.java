/** The CDK app: settings in, stack out. */
@NullMarked
package dev.affray.cdk;

import org.jspecify.annotations.NullMarked;
