package io.atelier.classify;

/** The ten classes of Fashion-MNIST; a constant's ordinal is its label in the dataset. */
public enum FashionItem implements Labelled {
    T_SHIRT_TOP("T-shirt/top"),
    TROUSER("Trouser"),
    PULLOVER("Pullover"),
    DRESS("Dress"),
    COAT("Coat"),
    SANDAL("Sandal"),
    SHIRT("Shirt"),
    SNEAKER("Sneaker"),
    BAG("Bag"),
    ANKLE_BOOT("Ankle boot");

    private final String displayName;

    FashionItem(String displayName) {
        this.displayName = displayName;
    }

    @Override
    public String displayName() {
        return displayName;
    }

    /**
     * The class with this label in the dataset.
     *
     * @throws IllegalArgumentException if the label is not from 0 to 9
     */
    public static FashionItem ofLabel(int label) {
        FashionItem[] items = values();
        if (label < 0 || label >= items.length) {
            throw new IllegalArgumentException("a Fashion-MNIST label is from 0 to 9; received " + label);
        }
        return items[label];
    }
}
