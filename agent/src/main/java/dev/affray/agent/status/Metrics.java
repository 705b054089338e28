package dev.affray.agent.status;

import dev.affray.health.CameraHealth;
import dev.affray.health.CameraState;
import dev.affray.health.CertificateHealth;
import dev.affray.health.FrameCounts;
import dev.affray.health.GatewayHealth;
import dev.affray.health.ImageCondition;
import dev.affray.health.SpoolHealth;
import dev.affray.health.SpoolState;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;

/**
 * The gateway's figures in the terms of Prometheus. Nothing is counted here: every figure is that of one health report, so what adds up there does here. Counters
 * of a camera go on for as long as the agent runs, also where it is taken off the list and put on it again; in between its series are gone.
 */
final class Metrics {
    private final GatewayStatus status;
    private final List<CameraHealth> cameras;
    private final Families families = new Families();

    private Metrics(GatewayStatus status) {
        this.status = status;
        this.cameras = status.cameras();
    }

    static MetricSnapshots of(GatewayStatus status) {
        Metrics metrics = new Metrics(status);
        metrics.gateway(status.report().gateway());
        metrics.states();
        metrics.pictures();
        metrics.frames();
        return metrics.families.snapshots();
    }

    private void gateway(GatewayHealth gateway) {
        families.info("affray_build", "The agent's version.")
                .add(1, "version", gateway.version(), "java", Runtime.version().toString());
        families.gauge("process_start_time_seconds", "When the agent started, in seconds since 1970.")
                .add(gateway.startedAt().toEpochMilli() / 1000.0);
        families.counter("process_cpu_seconds", "Processor time that the agent has used.")
                .add(status.processorTime().toNanos() / 1e9);
        families.gauge("process_resident_memory_bytes", "Resident memory of the agent.")
                .add(gateway.memoryBytes());
        families.gauge("affray_mqtt_connected", "Whether there is an MQTT connection.")
                .add(status.connected().isPresent());
        Long skew = gateway.clockSkewMillis();
        families.gauge("affray_clock_skew_seconds", "The gateway's clock minus the cloud's.")
                .add(skew == null ? null : skew / 1000.0);
        families.gauge("affray_disk_free_bytes", "Usable bytes on the spool's disk.")
                .add(gateway.diskFreeBytes());
        families.gauge("affray_clip_memory_bytes", "Compressed video kept in memory for clips.")
                .add(gateway.clipBytes());
        families.gauge("affray_spool_bytes", "Bytes of the spool on disk.").add(gateway.spoolBytes());
        families.gauge("affray_spool_limit_bytes", "The bound of the spool.").add(gateway.spoolMaxBytes());
        if (gateway.spool() != null) {
            spool(gateway.spool());
        }
        if (gateway.certificate() != null) {
            certificate(gateway.certificate());
        }
    }

    private void spool(SpoolHealth spool) {
        families.gauge("affray_spool_aside_bytes", "Of the spool's bytes, those of frames kept aside.")
                .add(spool.asideBytes());
        families.gauge("affray_spool_damaged_files", "Files found damaged when the agent started, and set aside.")
                .add(spool.damaged());
        Families.Family state = families.gauge("affray_spool_state", "1 for the state that the spool is in.");
        for (SpoolState one : SpoolState.values()) {
            state.add(one == spool.state(), "state", word(one));
        }
    }

    private void certificate(CertificateHealth certificate) {
        families.gauge(
                        "affray_certificate_expires_timestamp_seconds",
                        "Until when the gateway's certificate is valid, in seconds since 1970.")
                .add(certificate.endsAt().getEpochSecond());
        if (certificate.renewalTriedAt() != null) {
            families.gauge(
                            "affray_certificate_renewal_tried_timestamp_seconds",
                            "When the agent last tried to renew it, in seconds since 1970.")
                    .add(certificate.renewalTriedAt().toEpochMilli() / 1000.0);
            families.gauge("affray_certificate_renewal_failed", "Whether that failed.")
                    .add(certificate.renewalProblem() != null);
        }
    }

    private void states() {
        Families.Family names = families.info("affray_camera", "A camera, as people call it.");
        Families.Family state = families.gauge("affray_camera_state", "1 for the state that the camera is in.");
        Families.Family image = families.gauge(
                "affray_camera_image", "1 for what the camera's picture is; absent until that is known.");
        for (CameraHealth camera : cameras) {
            String id = camera.camera();
            status.known(camera).name().ifPresent(name -> names.add(1, "camera", id, "name", name));
            for (CameraState one : CameraState.values()) {
                state.add(one == camera.state(), "camera", id, "state", word(one));
            }
            for (ImageCondition one : ImageCondition.values()) {
                if (camera.image() != null) {
                    image.add(one == camera.image(), "camera", id, "condition", word(one));
                }
            }
        }
    }

    private void pictures() {
        Families.Family age = families.gauge(
                "affray_camera_last_frame_age_seconds", "Time since the camera's last decoded picture; absent before.");
        Families.Family rate = families.gauge(
                "affray_camera_sampled_frames_per_second", "Sampled frames a second, over the last minute.");
        Families.Family reconnects =
                families.counter("affray_camera_reconnects", "How often the camera's stream was opened again.");
        Families.Family abandoned = families.counter(
                "affray_camera_abandoned_threads", "How often a thread was given up because a call into FFmpeg hung.");
        for (CameraHealth camera : cameras) {
            Long millis = camera.lastFrameAgeMillis();
            age.add(millis == null ? null : millis / 1000.0, "camera", camera.camera());
            rate.add(camera.framesPerSecond(), "camera", camera.camera());
            reconnects.add(camera.reconnects(), "camera", camera.camera());
            abandoned.add(camera.abandoned(), "camera", camera.camera());
        }
    }

    private void frames() {
        Families.Family samples = families.counter(
                "affray_samples",
                "Sampling instants by what became of them; skipped_ is followed by the gate's stage.");
        Families.Family recovered =
                families.counter("affray_recovered_frames", "Frames found in the spool when the agent started.");
        Families.Family frames = families.counter("affray_frames", "Frames that left the spool, by how they did.");
        Families.Family pending = families.gauge(
                "affray_pending_frames",
                "Frames in the spool: samples that were spooled, and recovered frames, that have not left it.");
        for (CameraHealth camera : cameras) {
            String id = camera.camera();
            FrameCounts counts = camera.counts();
            samples.add(counts.gated().packets(), "camera", id, "outcome", "skipped_packets");
            samples.add(counts.gated().motion(), "camera", id, "outcome", "skipped_motion");
            samples.add(counts.gated().duplicates(), "camera", id, "outcome", "skipped_duplicates");
            samples.add(counts.failed(), "camera", id, "outcome", "failed");
            samples.add(counts.spooled(), "camera", id, "outcome", "spooled");
            recovered.add(counts.recovered(), "camera", id);
            frames.add(counts.uploaded(), "camera", id, "outcome", "uploaded");
            frames.add(counts.evicted(), "camera", id, "outcome", "evicted");
            frames.add(counts.rejected(), "camera", id, "outcome", "rejected");
            frames.add(counts.setAside(), "camera", id, "outcome", "set_aside");
            pending.add(counts.pending(), "camera", id);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
