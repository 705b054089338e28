/** What the gateway tells on its own machine: a page for people, figures for Prometheus, one line for supervisors. The only importer of Prometheus' libraries and of the JDK's HTTP server. */
@NullMarked
package dev.affray.agent.status;

import org.jspecify.annotations.NullMarked;
