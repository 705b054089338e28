package dev.affray.agent.gate;

import org.bytedeco.opencv.global.opencv_core;

/** OpenCV as a whole. Nothing native is loaded before {@link #load}. */
final class OpenCv {
    private OpenCv() {}

    /**
     * Loads the native libraries of the platform. Cheap after the first time.
     *
     * @throws LinkageError when there are none for this platform
     */
    static void load() {
        Loaded.once();
    }

    /** The class initialiser runs once, and only when asked for. */
    private static final class Loaded {
        static {
            // JavaCPP would otherwise refuse to work beside a small Java heap. It reads this once.
            if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
                System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            }
            // Every camera is a thread already: what works beside them would only get in their way.
            opencv_core.setNumThreads(1);
        }

        private static void once() {}
    }
}
