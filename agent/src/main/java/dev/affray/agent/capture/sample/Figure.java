package dev.affray.agent.capture.sample;

/**
 * A person as the sample draws one: limbs are capsules, the head is a disc.
 *
 * @param height in pixels
 * @param shirt colour of trunk and upper arms
 * @param trousers colour of the legs
 * @param skin colour of head and forearms
 */
record Figure(double height, Colour shirt, Colour trousers, Colour skin) {
    /** Draws it with its feet's ground at a point, facing right (1) or left (-1). */
    void draw(Picture picture, double x, double ground, int facing, Pose pose) {
        double hipY = ground - height * (0.48 - pose.drop());
        double neckX = x + facing * Math.sin(pose.lean()) * height * 0.34;
        double neckY = hipY - Math.cos(pose.lean()) * height * 0.34;
        shadow(picture, x, ground);
        leg(picture, x, hipY, facing, pose.hips().far(), pose.knees().far(), darker(trousers));
        arm(picture, neckX, neckY, facing, pose.shoulders().far(), pose.elbows().far(), darker(shirt));
        leg(picture, x, hipY, facing, pose.hips().near(), pose.knees().near(), trousers);
        picture.capsule(x, hipY, neckX, neckY + height * 0.03, height * 0.075, shirt);
        double nod = pose.lean() * 1.1;
        double headX = neckX + facing * Math.sin(nod) * height * 0.1;
        double headY = neckY - Math.cos(nod) * height * 0.1;
        picture.disc(headX, headY, height * 0.068, skin);
        picture.disc(headX - facing * height * 0.012, headY - height * 0.025, height * 0.058, hair());
        picture.disc(headX + facing * height * 0.02, headY + height * 0.015, height * 0.05, skin);
        arm(
                picture,
                neckX,
                neckY,
                facing,
                pose.shoulders().near(),
                pose.elbows().near(),
                shirt);
    }

    private void leg(Picture picture, double x, double y, int facing, double hip, double knee, Colour colour) {
        double kneeX = x + facing * Math.sin(hip) * height * 0.24;
        double kneeY = y + Math.cos(hip) * height * 0.24;
        double shin = hip - knee;
        double footX = kneeX + facing * Math.sin(shin) * height * 0.23;
        double footY = kneeY + Math.cos(shin) * height * 0.23;
        picture.capsule(x, y, kneeX, kneeY, height * 0.047, colour);
        picture.capsule(kneeX, kneeY, footX, footY, height * 0.036, colour);
        picture.capsule(footX, footY, footX + facing * height * 0.06, footY, height * 0.022, Colour.grey(30));
    }

    private void arm(Picture picture, double x, double y, int facing, double shoulder, double elbow, Colour colour) {
        double shoulderY = y + height * 0.035;
        double elbowX = x + facing * Math.sin(shoulder) * height * 0.17;
        double elbowY = shoulderY + Math.cos(shoulder) * height * 0.17;
        double forearm = shoulder + elbow;
        double handX = elbowX + facing * Math.sin(forearm) * height * 0.16;
        double handY = elbowY + Math.cos(forearm) * height * 0.16;
        picture.capsule(x, shoulderY, elbowX, elbowY, height * 0.035, colour);
        picture.capsule(elbowX, elbowY, handX, handY, height * 0.026, skin);
        picture.disc(handX, handY, height * 0.032, skin);
    }

    private void shadow(Picture picture, double x, double ground) {
        picture.capsule(x - height * 0.12, ground, x + height * 0.14, ground, height * 0.025, new Colour(78, 126, 129));
    }

    private Colour hair() {
        return new Colour(Math.max(24, skin.y() / 3), 122, 134);
    }

    private static Colour darker(Colour colour) {
        return new Colour(16 + (colour.y() - 16) * 7 / 10, colour.u(), colour.v());
    }
}
