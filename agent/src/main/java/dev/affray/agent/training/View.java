package dev.affray.agent.training;

import dev.affray.agent.gate.GreyPicture;

/** A way to see a clip that leaves its label true: more to train on. Evaluated is always what the camera saw. */
enum View {
    /** As it is. */
    PLAIN,

    /** Left for right. */
    MIRRORED;

    /** What becomes of one of the clip's pictures. */
    GreyPicture of(GreyPicture picture) {
        return switch (this) {
            case PLAIN -> picture;
            case MIRRORED -> picture.mirrored();
        };
    }
}
