/** The cameras in force: their sources and secrets decided, their documents applied, their pipelines running. */
@NullMarked
package dev.affray.agent.camera;

import org.jspecify.annotations.NullMarked;
