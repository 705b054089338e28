package dev.affray.agent.spool;

import java.io.IOException;

/** There is no room for a frame, even in place of others. */
final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1;

    /** What it says of a disk that is full to the brim. */
    static final String DISK_FULL = "the disk is full";

    NoRoomException(String message) {
        super(message);
    }

    /** What a write said; itself, where it is about anything else than room. Java has no exception of its own for a full disk. */
    static IOException of(IOException e) {
        return saysFull(e) ? new NoRoomException(DISK_FULL) : e;
    }

    /** In the words of Linux and macOS, of their quotas, and of Windows. */
    private static boolean saysFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("quota exceeded")
                || message.contains("not enough space on the disk");
    }
}
