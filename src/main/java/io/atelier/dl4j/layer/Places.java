package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The places of whole numbers in a vocabulary: fractions are cut off, and all other numbers have one place. */
public final class Places extends Elementwise {
    private static final long serialVersionUID = 1;

    private final long[] numbers;
    private final int[] places;
    private final int ofOthers;

    /**
     * @param numbers in ascending order
     * @param places of each
     * @param ofOthers the place of all other numbers
     */
    @JsonCreator
    public Places(
            @JsonProperty("numbers") long[] numbers,
            @JsonProperty("places") int[] places,
            @JsonProperty("ofOthers") int ofOthers) {
        this.numbers = numbers.clone();
        this.places = places.clone();
        this.ofOthers = ofOthers;
    }

    @Override
    public float value(float x) {
        int index = Arrays.binarySearch(numbers, (long) x);
        return index < 0 ? ofOthers : places[index];
    }

    @Override
    public float derivative(float x) {
        return 0;
    }
}
