/**
 * The cloud on one machine: embedded parts that speak the real protocols, and the same cores that run in AWS.
 *
 * <pre>
 * agent --PUT--&gt; store (S3) --event--&gt; queue (SQS) --&gt; inference --&gt; state (SQLite) --change table--&gt; alerting --&gt; mail (SMTP)
 *   \--MQTT--&gt; iot (broker, shadows) --&gt; fleet --&gt; state --&gt; web (page)
 * </pre>
 */
@NullMarked
package dev.affray.cloud.local;

import org.jspecify.annotations.NullMarked;
