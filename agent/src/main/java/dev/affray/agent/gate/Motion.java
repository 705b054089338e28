package dev.affray.agent.gate;

/** What a picture shows beside those before it. */
public enum Motion {
    /** Too few pictures were seen to say. */
    LEARNING,

    /** Nothing new. */
    STILL,

    /** The light changed all over at once; what moved in that moment cannot be told. */
    LIGHT,

    /** Something moved, or is there that was not. */
    MOVED
}
