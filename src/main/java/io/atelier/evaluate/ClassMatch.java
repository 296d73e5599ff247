package io.atelier.evaluate;

import io.atelier.classify.Labels;
import io.atelier.data.Dataset;
import io.atelier.data.InvalidDataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the classes of a data set among the labels of a model, by name. */
public final class ClassMatch {
    private ClassMatch() {}

    /**
     * Tells which output of the model each class is.
     *
     * @return by the class's position in {@link Dataset#classNames()}, the label's in {@link Labels#items()}
     * @throws InvalidDataException if a class is none of the labels, or two classes are the same label
     */
    public static <L> int[] outputs(Labels<L> labels, Dataset data) {
        Map<Integer, String> found = new LinkedHashMap<>();
        List<String> unknown = data.classNames().stream()
                .filter(name -> labels.find(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidDataException(
                    data.source(),
                    "has the classes " + unknown + ", which are none of the model's labels " + labels
                            + "; call the classes as the model does, or give the model's labels in its order");
        }
        for (String name : data.classNames()) {
            int output = labels.indexOf(labels.find(name).orElseThrow());
            String before = found.putIfAbsent(output, name);
            if (before != null) {
                throw new InvalidDataException(
                        data.source(),
                        "has the classes '" + before + "' and '" + name + "', which are both the model's label '"
                                + labels.displayNames().get(output) + "'; keep one of them");
            }
        }
        return found.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
