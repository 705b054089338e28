package dev.affray.agent.gate;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/** OpenCV as a whole. Nothing native is loaded before {@link #load}. */
final class OpenCv {
    /**
     * Libraries that JavaCPP would load with those that are needed, by its names. Those for windows and files want GTK, which a gateway has not; what is only
     * Java's way to other libraries costs time.
     */
    private static final List<String> LEFT_OUT = List.of(
            "jniopencv_highgui",
            "opencv_highgui@.413",
            "jniopencv_videoio",
            "opencv_videoio@.413",
            "jniopencv_imgcodecs",
            "opencv_imgcodecs@.413",
            "jniopencv_dnn",
            "jniopencv_calib3d",
            "jniopencv_features2d",
            "jniopencv_flann",
            "jniopencv_imgproc",
            "jniopenblas",
            "jniopenblas_nolapack",
            "openblas_nolapack@.0");

    private OpenCv() {}

    /**
     * Loads the native libraries of the platform. Takes a second or some; cheap after the first time.
     *
     * @throws LinkageError when there are none for this platform
     */
    static void load() {
        Loaded.once();
    }

    /** The class initialiser runs once, and only when asked for. */
    private static final class Loaded {
        static {
            JavaCpp.prepare();
            leaveOut();
            // Every camera is a thread already: what works beside them would only get in their way.
            opencv_core.setNumThreads(1);
        }

        private static void once() {}

        /** What JavaCPP loaded once it does not load again; it goes by names, so that its own library can stand for others. */
        private static void leaveOut() {
            try {
                URL[] own = {new File(Loader.load(Loader.class)).toURI().toURL()};
                LEFT_OUT.forEach(name -> Loader.loadLibrary(Loader.class, own, name));
            } catch (MalformedURLException e) {
                throw new UnsatisfiedLinkError("JavaCPP's own library has no address: " + e.getMessage());
            }
        }
    }
}
