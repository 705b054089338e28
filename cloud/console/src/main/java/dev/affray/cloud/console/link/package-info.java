/**
 * The page behind the link of an alert, the same for every host:
 *
 * <pre>
 * LinkRequest -> LinkPage -> LinkResponse
 * GET  /i/TOKEN                the page, without any script; it changes nothing
 * GET  /i/TOKEN/frame/POSITION a picture of the incident
 * POST /i/TOKEN/ACTION         does something, then 303 back to the page
 * </pre>
 */
@NullMarked
package dev.affray.cloud.console.link;

import org.jspecify.annotations.NullMarked;
