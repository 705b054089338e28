/** Amazon S3 on this machine: one bucket under a folder, its event notifications, who may touch what, and how long it is kept. */
@NullMarked
package dev.affray.cloud.local.store;

import org.jspecify.annotations.NullMarked;
