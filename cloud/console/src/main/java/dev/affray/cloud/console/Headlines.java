package dev.affray.cloud.console;

import dev.affray.cloud.console.Status.Headline;
import java.util.ArrayList;
import java.util.List;

/** Says how all cameras are, in one line. */
final class Headlines {
    private Headlines() {}

    static Headline of(List<CameraView> cameras) {
        if (cameras.isEmpty()) {
            return new Headline(Tone.IDLE, "No camera is set up yet", List.of());
        }
        List<String> troubles = new ArrayList<>();
        cameras.stream().filter(camera -> camera.tone() == Tone.BAD).forEach(camera -> troubles.add(sentence(camera)));
        cameras.stream()
                .filter(camera -> camera.tone() == Tone.WARNING)
                .forEach(camera -> troubles.add(sentence(camera)));
        cameras.stream()
                .filter(camera -> !camera.problems().isEmpty())
                .forEach(camera -> troubles.add(camera.name() + " keeps its last good configuration: "
                        + camera.problems().getFirst()));
        boolean bad = cameras.stream().anyMatch(camera -> camera.tone() == Tone.BAD);
        return switch (troubles.size()) {
            case 0 -> new Headline(live(cameras) == 0 ? Tone.IDLE : Tone.GOOD, calm(cameras), List.of());
            case 1 -> new Headline(bad ? Tone.BAD : Tone.WARNING, troubles.getFirst(), List.of());
            default -> new Headline(bad ? Tone.BAD : Tone.WARNING, summary(cameras), troubles);
        };
    }

    private static String sentence(CameraView camera) {
        String sentence = camera.name() + " " + camera.state().predicate;
        return camera.detail() == null ? sentence : sentence + ": " + camera.detail();
    }

    private static String calm(List<CameraView> cameras) {
        int live = live(cameras);
        if (live == cameras.size()) {
            return live == 1 ? cameras.getFirst().name() + " is live" : "All " + live + " cameras are live";
        }
        List<String> parts = new ArrayList<>();
        parts.add(live + " of " + cameras.size() + (cameras.size() == 1 ? " camera is live" : " cameras are live"));
        count(cameras, CameraView.State.DISARMED, "disarmed", parts);
        count(cameras, CameraView.State.ENDED, "played to the end", parts);
        return String.join(", ", parts);
    }

    private static String summary(List<CameraView> cameras) {
        return live(cameras) + " of " + cameras.size()
                + (cameras.size() == 1 ? " camera is live" : " cameras are live");
    }

    private static int live(List<CameraView> cameras) {
        return (int) cameras.stream()
                .filter(camera -> camera.state() == CameraView.State.STREAMING)
                .count();
    }

    private static void count(List<CameraView> cameras, CameraView.State state, String word, List<String> parts) {
        long count = cameras.stream().filter(camera -> camera.state() == state).count();
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }
}
