package dev.affray.agent.gate;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/** How each pixel moved from one small picture to the next: OpenCV's dense inverse search. For pictures of one size. Holds native memory. For one thread. */
final class OpticalFlow implements AutoCloseable {
    /** OpenCV's {@code PRESET_MEDIUM}. */
    private static final int PRESET = 2;

    private final GreyPicture.Size size;
    private final DISOpticalFlow search;
    private final Mat before;
    private final Mat after;
    private final Mat flow;

    OpticalFlow(GreyPicture.Size size) {
        OpenCv.load();
        this.size = size;
        search = DISOpticalFlow.create(PRESET);
        before = new Mat(size.height(), size.width(), opencv_core.CV_8UC1);
        after = new Mat(size.height(), size.width(), opencv_core.CV_8UC1);
        flow = new Mat();
    }

    /** That of its pictures. */
    GreyPicture.Size size() {
        return size;
    }

    /** The ways of all pixels, row by row from the top left, in pixels: across, down, across, down and so on. */
    float[] between(GreyPicture from, GreyPicture to) {
        put(from, before);
        put(to, after);
        // A flow of the right size would be taken for a first guess.
        flow.release();
        search.calc(before, after, flow);
        float[] ways = new float[2 * size.width() * size.height()];
        try (BytePointer data = flow.data();
                FloatPointer floats = new FloatPointer(data)) {
            floats.get(ways);
        }
        return ways;
    }

    private static void put(GreyPicture picture, Mat mat) {
        try (BytePointer data = mat.data()) {
            data.put(picture.samples());
        }
    }

    @Override
    public void close() {
        flow.close();
        after.close();
        before.close();
        search.close();
    }
}
