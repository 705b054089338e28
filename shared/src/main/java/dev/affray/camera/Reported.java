package dev.affray.camera;

import dev.affray.document.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reported state of a shadow: what is in force on the gateway, and why a newer document is not.
 *
 * @param version the shadow version whose desired state is in force; 0 before the first
 * @param hash of that desired state, see {@link dev.affray.document.Json#hash}; absent before the first
 * @param refused the newer document that was refused; absent when the newest is in force. Written as an explicit null, which removes it from the
 *     shadow
 */
public record Reported(
        long version, @Nullable String hash, @Nullable Refused refused) {
    /**
     * A refused document.
     *
     * @param version its shadow version
     * @param hash of its desired state
     * @param problems the first of its problems, at most {@link #MAX_PROBLEMS}, to stay within the shadow's 8 KB
     * @param problemCount all of them
     */
    public record Refused(long version, String hash, List<Problem> problems, int problemCount) {
        public static final int MAX_PROBLEMS = 20;

        /** Keeps the first problems and the count of all. */
        public static Refused of(long version, String hash, List<Problem> problems) {
            List<Problem> first = problems.subList(0, Math.min(MAX_PROBLEMS, problems.size()));
            return new Refused(version, hash, List.copyOf(first), problems.size());
        }
    }
}
