package io.atelier.onnx;

import java.util.OptionalInt;

/**
 * How ONNX Runtime runs a model. Immutable and thread-safe.
 *
 * @param intraOpThreads the threads that share the work of one operator, at least 0; 0 (the default) takes one for each
 *     physical core. With 1, a call computes on the caller's own thread: best where many threads call at once
 * @param spinning whether threads that wait for work keep a core busy for a moment (the default): a call is faster, and the
 *     program uses more of the processor
 * @param cudaDevice the graphics card to run on, from 0; empty (the default) runs on the processor. Needs
 *     {@code onnxruntime_gpu} on the class path in place of {@code onnxruntime}
 */
public record OnnxOptions(int intraOpThreads, boolean spinning, OptionalInt cudaDevice) {
    private static final OnnxOptions DEFAULTS = new OnnxOptions(0, true, OptionalInt.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public OnnxOptions {
        if (intraOpThreads < 0) {
            throw new IllegalArgumentException("intraOpThreads must be at least 0; received " + intraOpThreads);
        }
        if (cudaDevice.isPresent() && cudaDevice.getAsInt() < 0) {
            throw new IllegalArgumentException("cudaDevice must be at least 0; received " + cudaDevice.getAsInt());
        }
    }

    /** What {@link io.atelier.engine.Engine#open} takes. */
    public static OnnxOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another number of threads, 0 for one each physical core. */
    public OnnxOptions withIntraOpThreads(int threads) {
        return new OnnxOptions(threads, spinning, cudaDevice);
    }

    /** These options with threads that spin while they wait, or do not. */
    public OnnxOptions withSpinning(boolean spins) {
        return new OnnxOptions(intraOpThreads, spins, cudaDevice);
    }

    /** These options on a graphics card, from 0. */
    public OnnxOptions withCudaDevice(int device) {
        return new OnnxOptions(intraOpThreads, spinning, OptionalInt.of(device));
    }
}
