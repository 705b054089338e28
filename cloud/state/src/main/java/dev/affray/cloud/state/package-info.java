/** What the cloud remembers: detections, incidents, notifications and cameras, behind ports with one contract suite each. */
@NullMarked
package dev.affray.cloud.state;

import org.jspecify.annotations.NullMarked;
