package io.atelier.serve.models;

import io.atelier.classify.ImageLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that are served, kept as their source says.
 *
 * <p>A file that changed is loaded and proven beside the model that answers, then takes its place at once; the old one
 * closes when its last request is answered. A file that cannot be loaded changes nothing and is reported. Safe for use by
 * many threads.
 */
public final class ModelRepository implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRepository.class);

    private final ModelSource source;
    private final ModelLoader loader;
    private final ReloadListener listener;
    /** What was last tried to load, by key; touched by {@link #refresh()} only. */
    private final Map<ModelKey, Attempt> attempts = new HashMap<>();

    private Map<ModelKey, Attempt> lastSeen = Map.of();
    private volatile Snapshot served = Snapshot.EMPTY;
    private volatile Optional<String> sourceProblem = Optional.empty();
    private boolean isClosed;

    private record Attempt(ModelSpec spec, Fingerprint fingerprint) {
        static Attempt of(ModelSpec spec) {
            return new Attempt(spec, Fingerprint.of(spec));
        }
    }

    /** A repository without models yet. */
    public ModelRepository(
            ModelSource source, Batching batching, ImageLimits limits, BatchListener batches, ReloadListener listener) {
        this.source = source;
        this.loader = new ModelLoader(batching, limits, batches);
        this.listener = listener;
    }

    /**
     * Loads all models for the first time.
     *
     * @throws ModelSourceException if there are none to be loaded, or that cannot be told
     * @throws RuntimeException what keeps the first model from being loaded, if none could be
     */
    public synchronized void load() {
        ModelList listed = source.models();
        if (listed.specs().isEmpty()) {
            throw new ModelSourceException(
                    "models", "there is none to serve; expected name/version/model.keras in the folder", null);
        }
        RuntimeException first = null;
        for (ModelSpec spec : listed.specs()) {
            Optional<RuntimeException> problem = load(Attempt.of(spec));
            first = first == null ? problem.orElse(null) : first;
        }
        if (first != null
                && served.states().values().stream()
                        .allMatch(state -> state.model().isEmpty())) {
            throw first;
        }
        served = served.withLabels(listed.labels());
    }

    /**
     * Looks for what changed since, and loads it. A file is only loaded when it is the same in two calls, so that one that
     * is being written is left alone.
     *
     * @return whether a change was seen that was not loaded yet
     */
    public synchronized boolean refresh() {
        if (isClosed) {
            return false;
        }
        ModelList listed;
        try {
            listed = source.models();
            sourceProblem = Optional.empty();
        } catch (ModelSourceException e) {
            if (!sourceProblem.equals(Optional.of(String.valueOf(e.getMessage())))) {
                LOG.error("the models stay as they are: {}", e.getMessage());
            }
            sourceProblem = Optional.of(String.valueOf(e.getMessage()));
            return false;
        }
        Map<ModelKey, Attempt> seen = listed.specs().stream().collect(Collectors.toMap(ModelSpec::key, Attempt::of));
        boolean isPending = false;
        for (Map.Entry<ModelKey, Attempt> entry : seen.entrySet()) {
            Attempt attempt = entry.getValue();
            if (attempt.equals(attempts.get(entry.getKey()))) {
                continue;
            }
            if (attempt.equals(lastSeen.get(entry.getKey()))) {
                load(attempt);
            } else {
                isPending = true;
            }
        }
        // A label moves before the version that had it goes.
        served = served.withLabels(moved(listed.labels()));
        Set.copyOf(attempts.keySet()).stream()
                .filter(key -> !seen.containsKey(key) && !isNeeded(key, seen.keySet()))
                .forEach(this::remove);
        lastSeen = seen;
        return isPending;
    }

    /** Labels with the version that each is to stand for; with the one that it stood for until that is loaded. */
    private Map<VersionLabel, Long> moved(Map<VersionLabel, Long> wanted) {
        return wanted.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> {
            VersionLabel label = entry.getKey();
            return isLoaded(label.key(entry.getValue()))
                    ? entry.getValue()
                    : served.version(label)
                            .filter(old -> isLoaded(label.key(old)))
                            .orElse(entry.getValue());
        }));
    }

    /** Whether a version that is no longer listed must answer for those that are: they are not loaded yet, or cannot be. */
    private boolean isNeeded(ModelKey key, Set<ModelKey> listed) {
        List<ModelKey> others =
                listed.stream().filter(other -> other.name().equals(key.name())).toList();
        return !served.labels(key).isEmpty()
                || !others.isEmpty() && others.stream().noneMatch(this::isLoaded);
    }

    private boolean isLoaded(ModelKey key) {
        return served.model(key).isPresent();
    }

    /** Loads a model into its place; gives what went wrong. */
    private Optional<RuntimeException> load(Attempt attempt) {
        ModelSpec spec = attempt.spec();
        attempts.put(spec.key(), attempt);
        Optional<ServedModel> old = served.model(spec.key());
        try {
            ServedModel loaded = loader.load(spec);
            if (!Fingerprint.of(spec).equals(attempt.fingerprint())) {
                // It was written to meanwhile; the next refresh sees the change.
                LOG.info("{} changed while it was read", spec.file());
            }
            served = served.with(new ModelState(spec.key(), Optional.of(loaded), Optional.empty()));
            old.ifPresent(ServedModel::retire);
            listener.loaded(loaded);
            LOG.info("{} loaded from {}", spec.key(), spec.file());
            return Optional.empty();
        } catch (RuntimeException e) {
            served = served.with(new ModelState(spec.key(), old, Optional.of(String.valueOf(e.getMessage()))));
            listener.refused(spec.key(), e);
            LOG.error(
                    "{} not loaded{}: {}",
                    spec.key(),
                    old.isPresent() ? ", the one before still answers" : "",
                    e.getMessage());
            return Optional.of(e);
        }
    }

    private void remove(ModelKey key) {
        attempts.remove(key);
        Optional<ServedModel> removed = served.model(key);
        served = served.without(key);
        removed.ifPresent(ServedModel::retire);
        LOG.info("{} is no longer there", key);
    }

    /** Every model that was found, by name and version. */
    public List<ModelState> states() {
        return List.copyOf(served.states().values());
    }

    /** The versions of one model that were found, from the lowest. */
    public List<ModelState> states(String name) {
        return served.states(name);
    }

    /** The version that a label stands for; empty if there is no such label. */
    public Optional<Long> version(VersionLabel label) {
        return served.version(label);
    }

    /** The labels that stand for a version, in order. */
    public List<String> labels(ModelKey key) {
        return served.labels(key);
    }

    /** Why the list of models cannot be told at present; empty if it can. */
    public Optional<String> sourceProblem() {
        return sourceProblem;
    }

    /** Whether every model has a version that answers. */
    public boolean isReady() {
        Map<String, Boolean> ready = served.states().values().stream()
                .collect(Collectors.toMap(
                        state -> state.key().name(), state -> state.model().isPresent(), Boolean::logicalOr));
        return !ready.isEmpty() && !ready.containsValue(false);
    }

    /** The model that answers for a name: of this version, or of the highest that is loaded. */
    public Optional<ServedModel> find(String name, Optional<Long> version) {
        return served.find(name, version);
    }

    /**
     * Uses a model, which is not closed before the use ends.
     *
     * @return false if there is none
     */
    public boolean use(String name, Optional<Long> version, Consumer<ServedModel> use) {
        return use(now -> now.find(name, version), use);
    }

    /**
     * Uses the model that a label stands for, which is not closed before the use ends.
     *
     * @return false if there is none
     */
    public boolean use(VersionLabel label, Consumer<ServedModel> use) {
        return use(now -> now.find(label), use);
    }

    private boolean use(Function<Snapshot, Optional<ServedModel>> find, Consumer<ServedModel> use) {
        while (true) {
            Optional<ServedModel> found = find.apply(served);
            if (found.isEmpty()) {
                return false;
            }
            ServedModel model = found.get();
            // One that was retired in this moment has a successor by now.
            if (model.acquire()) {
                try {
                    use.accept(model);
                    return true;
                } finally {
                    model.release();
                }
            }
        }
    }

    /** Closes every model once its requests are answered. */
    @Override
    public synchronized void close() {
        isClosed = true;
        Snapshot closing = served;
        served = Snapshot.EMPTY.withLabels(closing.labels());
        closing.states().values().forEach(state -> state.model().ifPresent(ServedModel::retire));
    }
}
