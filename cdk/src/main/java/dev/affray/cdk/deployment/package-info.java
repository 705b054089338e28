/** What the operator wants of AWS, read strictly from deployment.yaml. Knows nothing of the CDK. */
@NullMarked
package dev.affray.cdk.deployment;

import org.jspecify.annotations.NullMarked;
