package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.message.DataLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open HDF5 file, seen as Keras uses it: groups with text attributes, and arrays of floats.
 *
 * <p>Paths are relative to the root, without a slash in front. Links are not followed, since Keras writes none and a
 * link may lead out of the file. Whatever a damaged file makes jHDF throw becomes an {@link InvalidModelException}.
 */
final class Hdf5 implements AutoCloseable {
    /** How deep groups may be nested: a damaged file may have groups that contain themselves. */
    private static final int MAX_DEPTH = 64;

    private final ModelSource source;
    private final ImportLimits limits;
    private final HdfFile file;
    private long weightBytes;

    Hdf5(ModelSource source, ImportLimits limits) {
        this.source = source;
        this.limits = limits;
        this.file = guard("the file", source::openHdf);
    }

    /** What is read, as exceptions name it. */
    String source() {
        return source.name();
    }

    /** The text of an attribute; empty if the group does not have it. {@code ""} is the root. */
    Optional<String> text(String group, String attribute) {
        List<String> pieces = texts(group, attribute);
        return pieces.isEmpty() ? Optional.empty() : Optional.of(String.join("", pieces));
    }

    /**
     * The texts of an attribute, in order; empty if the group does not have it. Keras cuts a list that is too long for
     * one attribute into {@code layer_names0}, {@code layer_names1}, ….
     */
    List<String> texts(String group, String attribute) {
        return guard("attribute '" + attribute + "' of group '" + group + "'", () -> {
            Node node = find(group);
            if (node == null) {
                return List.of();
            }
            Attribute whole = node.getAttributes().get(attribute);
            if (whole != null) {
                return read(whole);
            }
            List<String> all = new ArrayList<>();
            for (int i = 0; node.getAttributes().containsKey(attribute + i); i++) {
                all.addAll(read(node.getAttribute(attribute + i)));
            }
            return all;
        });
    }

    boolean hasGroup(String path) {
        return guard("group '" + path + "'", () -> find(path) instanceof Group);
    }

    boolean hasDataset(String path) {
        return guard("dataset '" + path + "'", () -> find(path) instanceof Dataset);
    }

    /** The names of the groups in a group; empty if there is no such group. */
    List<String> groups(String group) {
        return guard(
                "group '" + group + "'",
                () -> find(group) instanceof Group found
                        ? found.getChildren().values().stream()
                                .filter(child -> refuseLink(child) instanceof Group)
                                .map(Node::getName)
                                .toList()
                        : List.of());
    }

    /** The paths of all datasets in a group and the groups within it; empty if there is no such group. */
    List<String> datasets(String group) {
        List<String> paths = new ArrayList<>();
        guard("group '" + group + "'", () -> {
            if (find(group) instanceof Group found) {
                collect(found, group, paths, 0);
            }
            return paths;
        });
        return paths;
    }

    private void collect(Group group, String path, List<String> paths, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalStateException("groups are nested deeper than " + MAX_DEPTH);
        }
        group.getChildren().forEach((name, node) -> {
            String childPath = path.isEmpty() ? name : path + "/" + name;
            if (refuseLink(node) instanceof Group child) {
                collect(child, childPath, paths, depth + 1);
            } else if (node instanceof Dataset) {
                paths.add(childPath);
            }
        });
    }

    /** The shape of a dataset, without reading its values. */
    Shape shape(String path) {
        return guard("dataset '" + path + "'", () -> Shape.of(dataset(path).getDimensions()));
    }

    /** The bytes that one value of a dataset takes in the file. */
    int bytesPerValue(String path) {
        return guard("dataset '" + path + "'", () -> dataset(path).getDataType().getSize());
    }

    /** Reads a dataset of floats of any precision. */
    Tensor tensor(String path) {
        return guard("dataset '" + path + "'", () -> {
            Dataset dataset = dataset(path);
            Shape shape = Shape.of(dataset.getDimensions());
            checkSize(dataset, shape.valueCount());
            return Tensor.wrap(shape, FloatValues.read(dataset));
        });
    }

    /** Reads a dataset of one whole number. */
    long wholeNumber(String path) {
        return guard("dataset '" + path + "'", () -> {
            Dataset dataset = dataset(path);
            if (dataset.getDimensions().length == 0 && dataset.getData() instanceof Number number) {
                return number.longValue();
            }
            throw new IllegalStateException("expected one whole number");
        });
    }

    private void checkSize(Dataset dataset, long valueCount) {
        long storedBytes = Math.multiplyExact(valueCount, dataset.getDataType().getSize());
        boolean mayBeCompressed = dataset.getDataLayout() == DataLayout.CHUNKED;
        long mostBytes = mayBeCompressed ? source.sizeBytes() * limits.maxCompressionRatio() : source.sizeBytes();
        if (storedBytes > mostBytes) {
            throw new IllegalStateException("it claims " + storedBytes + " bytes, but the file has only "
                    + source.sizeBytes()
                    + (mayBeCompressed
                            ? " (ImportLimits.maxCompressionRatio=" + limits.maxCompressionRatio() + ")"
                            : ""));
        }
        weightBytes = Math.addExact(weightBytes, valueCount * Float.BYTES);
        if (weightBytes > limits.maxWeightBytes()) {
            throw new IllegalStateException(
                    "the weights take more than ImportLimits.maxWeightBytes=" + limits.maxWeightBytes());
        }
    }

    private Dataset dataset(String path) {
        if (find(path) instanceof Dataset dataset) {
            return dataset;
        }
        throw new IllegalStateException("there is no such dataset");
    }

    private @Nullable Node find(String path) {
        Node node = file;
        for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
            Node child = node instanceof Group group ? group.getChildren().get(name) : null;
            if (child == null) {
                return null;
            }
            node = refuseLink(child);
        }
        return node;
    }

    private static Node refuseLink(Node node) {
        if (node.isLink()) {
            throw new IllegalStateException("'" + node.getName() + "' is a link, and links are not followed");
        }
        return node;
    }

    private List<String> read(Attribute attribute) {
        if (attribute.getSizeInBytes() > limits.maxConfigBytes()) {
            throw new IllegalStateException("it is larger than ImportLimits.maxConfigBytes=" + limits.maxConfigBytes());
        }
        if (attribute.isEmpty() || attribute.getSize() == 0) {
            return List.of();
        }
        if (attribute.getDataType() instanceof StringData type) {
            // h5py declares the UTF-8 bytes it stores as ASCII.
            return fixedLengthTexts(attribute.getBuffer(), type.getSize(), Math.toIntExact(attribute.getSize()));
        }
        Object data = attribute.getData();
        if (data instanceof String text) {
            return List.of(text);
        }
        if (data instanceof String[] texts) {
            return List.of(texts);
        }
        throw new IllegalStateException(
                "expected text; received " + attribute.getJavaType().getSimpleName());
    }

    private static List<String> fixedLengthTexts(ByteBuffer buffer, int length, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            int end = length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            texts.add(new String(bytes, 0, end, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private <T> T guard(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (InvalidModelException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidModelException(
                    source.name(),
                    what + " cannot be read: " + reason(e) + ". The file is damaged or cut off: copy it again or save"
                            + " the model again",
                    e);
        }
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return e instanceof IllegalStateException && message != null ? message : "its HDF5 structure is broken";
    }

    @Override
    public void close() {
        file.close();
    }
}
