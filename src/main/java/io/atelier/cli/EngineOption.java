package io.atelier.cli;

import io.atelier.engine.Engine;
import picocli.CommandLine.Option;

/** The option {@code --engine}. */
final class EngineOption {
    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "dl4j",
            converter = Words.Engines.class,
            completionCandidates = Words.Engines.class,
            description = "What runs the model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Engine engine = Engine.DL4J;

    Engine engine() {
        return engine;
    }
}
