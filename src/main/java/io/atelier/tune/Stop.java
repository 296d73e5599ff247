package io.atelier.tune;

/** Why fine-tuning ended. */
public enum Stop {
    /** All epochs are done. */
    FINISHED("all epochs are done"),
    /** The loss had not become better for as many epochs as were allowed. */
    EARLY("the loss did not get better any more"),
    /** The loss, or a weight, was no finite number any more. */
    DIVERGED("the loss was no finite number any more: the learning rate is too high"),
    /** The program asked for it. */
    CANCELLED("it was cancelled");

    private final String reason;

    Stop(String reason) {
        this.reason = reason;
    }

    /** The reason in words: {@code all epochs are done}. */
    public String reason() {
        return reason;
    }
}
