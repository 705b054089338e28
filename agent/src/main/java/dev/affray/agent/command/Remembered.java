package dev.affray.agent.command;

import dev.affray.command.CommandAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last answer to each of the last commands, and to all that are under way: what comes twice is done once. Thread-safe. */
final class Remembered {
    static final int MOST = 200;

    private final Map<String, CommandAnswer> answers = new LinkedHashMap<>();

    /** The last answer to the command of this id; null where it is not known. */
    synchronized @Nullable CommandAnswer of(String id) {
        return answers.get(id);
    }

    synchronized void keep(CommandAnswer answer) {
        answers.put(answer.id(), answer);
        if (answers.size() > MOST) {
            answers.values().stream()
                    .filter(old -> !old.goesOn())
                    .findFirst()
                    .ifPresent(oldest -> answers.remove(oldest.id()));
        }
    }
}
