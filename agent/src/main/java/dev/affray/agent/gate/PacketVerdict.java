package dev.affray.agent.gate;

/** What the sizes of packets tell of the scene. */
public enum PacketVerdict {
    /** As while nothing moved: nothing needs to be decoded. */
    QUIET,

    /** Nothing: not enough was learned yet, or this encoder's sizes do not depend enough on what it sees. */
    UNSURE,

    /** Something has changed. */
    UNUSUAL
}
