package dev.affray.agent.desired;

import dev.affray.document.Problem;
import java.util.List;

/** What a gateway makes of a document. Versions are those of the shadow. */
public sealed interface Standing {
    /** In a line for people. */
    String text();

    /** Nobody desires anything. */
    record NoDocument() implements Standing {
        @Override
        public String text() {
            return "no document";
        }
    }

    /** It works by it. */
    record InForce(long version) implements Standing {
        @Override
        public String text() {
            return "in force, as of version " + version;
        }
    }

    /** It has not said anything of it yet. {@code inForce} is the version that it works by; 0 for none. */
    record Waiting(long inForce) implements Standing {
        @Override
        public String text() {
            return "not reported yet; " + before(inForce);
        }
    }

    /**
     * It does not work by it.
     *
     * @param inForce the version that it works by; 0 for none
     * @param problems the first of them
     * @param count of all
     */
    record Refused(long inForce, List<Problem> problems, int count) implements Standing {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public String text() {
            return "REFUSED by the gateway; " + before(inForce);
        }
    }

    private static String before(long inForce) {
        return inForce == 0 ? "none was in force" : "version " + inForce + " is in force";
    }
}
