package dev.affray.health;

/** Whether a camera's picture shows something at all. */
public enum ImageCondition {
    /** It does. */
    OK,

    /** Nearly black all over. */
    DARK,

    /** The very same picture again and again, although packets come. */
    FROZEN,

    /** Without any detail: the lens is covered, or looks at something right before it. */
    COVERED
}
