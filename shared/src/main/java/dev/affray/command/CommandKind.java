package dev.affray.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a gateway can be told to do. */
public enum CommandKind {
    /** Sends a picture of what the camera sees now. */
    @JsonProperty("snapshot")
    SNAPSHOT,
    /** Sends the video around a time. */
    @JsonProperty("clip")
    CLIP,
    /** Connects to the camera anew. */
    @JsonProperty("restart")
    RESTART;

    /** As documents have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
