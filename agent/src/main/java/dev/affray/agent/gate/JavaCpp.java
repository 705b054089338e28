package dev.affray.agent.gate;

import org.bytedeco.javacpp.Pointer;

/** What FFmpeg and OpenCV are both reached through. To be made ready before either is loaded. */
public final class JavaCpp {
    private JavaCpp() {}

    /**
     * Makes it ready; cheap after the first time. Any library that JavaCPP loads wants {@link Pointer} initialised, while it holds the loader's lock, and
     * the initialiser of {@code Pointer} wants that lock: two threads that began at different ends would wait for each other for ever. So both begin here.
     *
     * @throws LinkageError when there is nothing native for this platform
     */
    public static void prepare() {
        Prepared.once();
    }

    /** The class initialiser runs once, and only when asked for. */
    private static final class Prepared {
        static {
            // Resident memory is the libraries' own business: JavaCPP would otherwise refuse to work beside a small
            // Java heap. It reads this once.
            if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
                System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            }
            // Any call initialises the class, and this one does nothing else.
            Pointer.totalBytes();
        }

        private static void once() {}
    }
}
