package dev.affray.agent.training;

import dev.affray.agent.gate.MotionCells;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What moves in a view of a clip, as it is kept in a file.
 *
 * @param seconds how long the clip is
 * @param cpuSeconds what computing it took, decoding included
 */
record KeptMotion(List<MotionCells> steps, double seconds, double cpuSeconds) {
    KeptMotion {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a file. Empty where there is none, or one of something else.
     *
     * @param stamp what it must be of
     */
    static Optional<KeptMotion> read(Path file, String stamp) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!in.readUTF().equals(stamp)) {
                return Optional.empty();
            }
            double seconds = in.readDouble();
            double cpuSeconds = in.readDouble();
            List<MotionCells> steps = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                steps.add(step(in));
            }
            return Optional.of(new KeptMotion(steps, seconds, cpuSeconds));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** Writes a file: whole, or not at all. Another process may be writing the same. */
    void write(Path file, String stamp) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
        try {
            write(stamp, unfinished);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void write(String stamp, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeUTF(stamp);
            out.writeDouble(seconds);
            out.writeDouble(cpuSeconds);
            out.writeInt(steps.size());
            for (MotionCells step : steps) {
                out.writeInt(step.rows());
                out.writeInt(step.columns());
                out.writeDouble(step.from());
                out.writeDouble(step.seconds());
                for (float value : step.values()) {
                    out.writeFloat(value);
                }
            }
        }
    }

    private static MotionCells step(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int columns = in.readInt();
        double from = in.readDouble();
        double seconds = in.readDouble();
        float[] values = new float[rows * columns * MotionCells.NUMBERS];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return new MotionCells(rows, columns, from, seconds, values);
    }
}
