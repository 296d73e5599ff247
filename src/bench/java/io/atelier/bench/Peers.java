package io.atelier.bench;

/** The Java peers by the names that {@code python/bench} has for them. */
final class Peers {
    private Peers() {}

    /**
     * Loads a model.
     *
     * @param threads how many threads may compute; 0 leaves it to the peer
     * @throws Exception if the peer refuses the model
     */
    static Peer load(String name, ModelFolder folder, int threads) throws Exception {
        // Each class is loaded only when it is named, and this one names no others: a peer's class path has no other
        // peer's libraries.
        return switch (name) {
            case "classifier" -> ClassifierPeer.load(folder, threads);
            case "onnx" -> EnginePeer.onnx(folder, threads);
            case "dl4j" -> EnginePeer.dl4j(folder);
            case "onnxruntime" -> new OnnxRuntimePeer(folder, threads);
            case "stock-dl4j" -> new StockDl4jPeer(folder);
            case "tensorflow-java" -> new TensorFlowPeer(folder, threads);
            default -> throw new IllegalArgumentException("no peer is called " + name);
        };
    }
}
