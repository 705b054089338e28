/**
 * What is desired of a gateway's cameras, edited and sent from a terminal with an administrator's credentials: the only importer of the client of AWS IoT's data
 * plane. Nothing of the running agent uses it, and it uses nothing of the running agent: both meet in the shadows and on the topics alone.
 */
@NullMarked
package dev.affray.agent.desired;

import org.jspecify.annotations.NullMarked;
