package dev.affray.cloud.console;

import dev.affray.health.GatewayHealth;
import org.jspecify.annotations.Nullable;

/**
 * A gateway, ready to be shown.
 *
 * @param thing which
 * @param online whether it is there and reports
 * @param detail why not, in one line; absent when it is
 * @param warning what will be wrong soon unless somebody looks after it, in one line; absent when nothing
 * @param since when its presence last changed, in UTC; absent before the first word from it
 * @param reportAgeSeconds how long ago it reported, now; absent before the first report
 * @param health what it said about itself; absent before the first report
 */
public record GatewayView(
        String thing,
        boolean online,
        @Nullable String detail,
        @Nullable String warning,
        @Nullable Moment since,
        @Nullable Long reportAgeSeconds,
        @Nullable GatewayHealth health) {}
