/** The keys of links in AWS. */
@NullMarked
package dev.affray.cloud.state.link.secretsmanager;

import org.jspecify.annotations.NullMarked;
