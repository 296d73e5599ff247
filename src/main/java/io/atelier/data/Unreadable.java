package io.atelier.data;

/** What happens to an image that cannot be read. */
public enum Unreadable {
    /** It is passed over, and told as a {@link SkippedImage}. */
    SKIP,
    /** It ends the work with the exception that says what is wrong with it. */
    REFUSE
}
