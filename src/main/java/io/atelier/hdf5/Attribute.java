package io.atelier.hdf5;

import java.util.List;

/** What is said of a group. */
sealed interface Attribute {
    /** One text, which stands in the file's heap, so that it may be of any length. */
    record Text(String text) implements Attribute {}

    /** Several texts, which stand in the group's header. */
    record Texts(List<String> texts) implements Attribute {
        public Texts {
            texts = List.copyOf(texts);
        }
    }
}
