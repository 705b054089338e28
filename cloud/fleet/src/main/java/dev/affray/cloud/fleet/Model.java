package dev.affray.cloud.fleet;

/** What judges the frames, where that is something which can be off. Thread-safe. */
@FunctionalInterface
public interface Model {
    /** Nothing that could be off. */
    Model ALWAYS = State.Running::new;

    /** Asks how it is. May block for some seconds; an answer that does not come is one too. */
    State state();

    /** How a model is. */
    sealed interface State {
        /** It can judge. */
        record Running() implements State {}

        /**
         * It cannot, until somebody starts it or names another.
         *
         * @param model its name
         * @param how as its owner calls that, such as {@code STOPPED}
         */
        record Off(String model, String how) implements State {
            private static final String OPENING = "the model ";

            /** In words. */
            String detail() {
                return OPENING + model + " is " + how;
            }

            /** Whether an incident was opened because of this. */
            static boolean told(String detail) {
                return detail.startsWith(OPENING);
            }
        }

        /** It cannot yet, and will without help. */
        record Starting() implements State {}

        /**
         * Nobody knows.
         *
         * @param reason why it could not be asked, and what to do about it
         */
        record Unknown(String reason) implements State {}
    }
}
