/** The stack: one construct per capability, and {@link dev.affray.cdk.stack.AffrayStack} that composes them. Only this package and the app above know the CDK. */
@NullMarked
package dev.affray.cdk.stack;

import org.jspecify.annotations.NullMarked;
