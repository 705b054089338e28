/** Amazon SQS on this machine: the two queues between the bucket and the detectors, and what takes batches from them as Lambda does. */
@NullMarked
package dev.affray.cloud.local.queue;

import org.jspecify.annotations.NullMarked;
