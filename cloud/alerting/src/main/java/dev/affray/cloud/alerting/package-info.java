/**
 * From a changed incident to one message.
 *
 * <pre>
 * stored head -&gt; Alerting: history row; claim -&gt; publish -&gt; record
 * every minute -&gt; Tick: close what is over
 * </pre>
 */
@NullMarked
package dev.affray.cloud.alerting;

import org.jspecify.annotations.NullMarked;
