package io.atelier.bench;

import io.atelier.keras.io.KerasReader;
import io.atelier.onnx.OnnxExport;
import java.nio.file.Path;

/** Writes the graph that engine onnx runs, for bare ONNX Runtime to run: {@code WriteGraph model.keras model.onnx}. */
public final class WriteGraph {
    private WriteGraph() {}

    public static void main(String[] arguments) {
        OnnxExport.of(KerasReader.read(Path.of(arguments[0]))).write(Path.of(arguments[1]));
    }
}
