/** What a function does before Lambda takes its snapshot. The only importer of CRaC beside the functions themselves. */
@NullMarked
package dev.affray.cloud.function.snapstart;

import org.jspecify.annotations.NullMarked;
