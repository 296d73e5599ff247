package io.atelier.keras.layer;

/** What a tensor that a call is given as a mask says. */
public enum MaskRole {
    /** Which steps of the first input count: {@code mask}, {@code query_mask}. */
    FIRST,
    /** Which steps of the second input count: {@code value_mask}. */
    SECOND,
    /** Which steps of the third input count: {@code key_mask}. */
    THIRD,
    /** Which steps of the first input see which of the second: {@code attention_mask}. */
    PAIRS;

    /** The role of a mask of the input with this index, 0 to 2. */
    public static MaskRole ofInput(int index) {
        return switch (index) {
            case 0 -> FIRST;
            case 1 -> SECOND;
            case 2 -> THIRD;
            default -> throw new IllegalArgumentException("index must be from 0 to 2; received " + index);
        };
    }
}
