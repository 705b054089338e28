package dev.affray.cloud.alerting;

import dev.affray.cloud.state.CameraStore;
import dev.affray.cloud.state.CounterStore;
import dev.affray.cloud.state.EpisodeStore;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.NotificationStore;

/** What alerting remembers, and what it reads. */
public record Stores(
        IncidentStore incidents,
        NotificationStore notifications,
        CameraStore cameras,
        CounterStore counters,
        EpisodeStore episodes) {}
