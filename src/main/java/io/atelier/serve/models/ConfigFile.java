package io.atelier.serve.models;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.atelier.classify.Fit;
import io.atelier.classify.Inversion;
import io.atelier.classify.Preprocessing;
import io.atelier.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of models in YAML or JSON: {@code models:}, each with {@code name} and {@code file}, and perhaps {@code version} (1
 * if left out), {@code labels}, {@code size} ({@code 28x28}), {@code fit}, {@code invert}, {@code logits} and
 * {@code engine}; and perhaps {@code versionLabels:}, a name's labels with the version that each stands for. Paths are
 * relative to the config file. A key that is not known is refused.
 */
final class ConfigFile implements ModelSource {
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final ObjectMapper mapper;

    ConfigFile(Path file) {
        this.file = file;
        this.mapper = (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                        ? JsonMapper.builder()
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build()
                        : YAMLMapper.builder()
                                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    private record Config(
            @Nullable List<@Nullable Entry> models,
            @Nullable Map<String, @Nullable Map<String, @Nullable Long>> versionLabels) {}

    private record Entry(
            @Nullable String name,
            @Nullable String file,
            @Nullable Long version,
            @Nullable String labels,
            @Nullable String size,
            @Nullable String fit,
            @Nullable String invert,
            @Nullable Boolean logits,
            @Nullable String engine) {}

    @Override
    public ModelList models() {
        Config config = read();
        List<ModelSpec> specs = specs(Optional.ofNullable(config.models())
                .orElseThrow(() ->
                        new ModelSourceException(file.toString(), "expected a list 'models'; received none", null)));
        try {
            return new ModelList(specs, labels(config));
        } catch (IllegalArgumentException e) {
            throw new ModelSourceException(file.toString(), "versionLabels: " + e.getMessage(), e);
        }
    }

    private static Map<VersionLabel, Long> labels(Config config) {
        Map<VersionLabel, Long> labels = new HashMap<>();
        Optional.ofNullable(config.versionLabels()).orElse(Map.of()).forEach((model, versions) -> {
            Optional.ofNullable(versions).orElse(Map.of()).forEach((label, version) -> {
                if (version == null) {
                    throw new IllegalArgumentException("the label " + model + "/" + label + " has no version");
                }
                labels.put(new VersionLabel(model, label), version);
            });
        });
        return labels;
    }

    private List<ModelSpec> specs(List<@Nullable Entry> entries) {
        List<ModelSpec> specs = new ArrayList<>();
        Set<ModelKey> seen = new HashSet<>();
        for (Entry entry : entries) {
            try {
                ModelSpec spec = spec(entry);
                if (!seen.add(spec.key())) {
                    throw new IllegalArgumentException("the model " + spec.key() + " is listed twice");
                }
                specs.add(spec);
            } catch (IllegalArgumentException e) {
                throw new ModelSourceException(file.toString(), "models[" + specs.size() + "]: " + e.getMessage(), e);
            }
        }
        return specs;
    }

    private Config read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelSourceException(
                        file.toString(),
                        "a config file has at most " + MAX_BYTES + " bytes; is it the right file?",
                        null);
            }
            Config config = mapper.readValue(file.toFile(), Config.class);
            return config == null ? new Config(null, null) : config;
        } catch (JsonProcessingException e) {
            throw new ModelSourceException(
                    file.toString(), "the config file cannot be understood: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelSourceException(file.toString(), "the config file cannot be read (" + e + ")", e);
        }
    }

    private ModelSpec spec(@Nullable Entry entry) {
        if (entry == null) {
            throw new IllegalArgumentException("expected a model with its name and file; received nothing");
        }
        ImageOptions images = new ImageOptions(
                Optional.ofNullable(entry.labels()).map(this::resolve),
                Optional.ofNullable(entry.size()).map(ConfigFile::size),
                word("fit", entry.fit(), Fit.values()),
                word("invert", entry.invert(), Inversion.values()),
                entry.logits() != null && entry.logits());
        return new ModelSpec(
                new ModelKey(required("name", entry.name()), entry.version() == null ? 1 : entry.version()),
                resolve(required("file", entry.file())),
                images,
                word("engine", entry.engine(), Engine.values()).orElse(Engine.DEFAULT));
    }

    private Path resolve(String path) {
        return file.toAbsolutePath().resolveSibling(path);
    }

    private static String required(String key, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("the key '" + key + "' is missing");
        }
        return value;
    }

    private static Preprocessing.Size size(String text) {
        if (!text.matches("\\d{1,5}x\\d{1,5}")) {
            throw new IllegalArgumentException("size: expected height x width, such as 28x28; received '" + text + "'");
        }
        String[] parts = text.split("x");
        return new Preprocessing.Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static <E extends Enum<E>> Optional<E> word(String key, @Nullable String word, E[] values) {
        if (word == null) {
            return Optional.empty();
        }
        Function<E, String> lower = value -> value.name().toLowerCase(Locale.ROOT);
        return Optional.of(Arrays.stream(values)
                .filter(value -> lower.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + ": expected one of "
                        + Arrays.stream(values).map(lower).toList() + "; received '" + word + "'")));
    }
}
