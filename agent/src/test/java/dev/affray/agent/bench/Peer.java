package dev.affray.agent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What other programs took of the machine for the same work.
 *
 * @param pictures that they wrote
 */
record Peer(Use use, long pictures) {
    static final Path OUT = Workshop.FOLDER.resolve("peer");

    /** Runs them at the same time. What they write goes into folders of theirs in {@link #OUT}, named by their numbers from 0 on. */
    static Peer running(Window window, List<List<String>> commands) throws IOException, InterruptedException {
        for (int i = 0; i < commands.size(); i++) {
            Workshop.fresh(folder(i).toString());
        }
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < commands.size(); i++) {
                processes.add(Workshop.start("peer-" + i, commands.get(i)));
            }
            Use use = Use.of(processes, window);
            Workshop.end(processes);
            return new Peer(use, Workshop.pictures(OUT));
        } finally {
            Workshop.end(processes);
        }
    }

    /** Where the program of that number writes. */
    static Path folder(int number) {
        return OUT.resolve(Integer.toString(number));
    }
}
