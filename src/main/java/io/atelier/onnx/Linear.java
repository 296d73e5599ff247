package io.atelier.onnx;

import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A node that multiplies by a constant kernel and adds a constant bias: Conv, Gemm or MatMul.
 *
 * @param operator the node's operator
 * @param dims the kernel's shape: {@code (filters, inChannels / groups, …)} of a Conv, else {@code (inputs, outputs)}
 * @param groups 1 unless the operator is Conv
 * @param padsWithZeros whether the input is padded, so that an addition before it is not one after it
 * @param kernel row-major, never written to
 * @param bias as long as there are outputs, never written to; zeros where the node has none
 */
record Linear(String operator, List<Long> dims, int groups, boolean padsWithZeros, double[] kernel, double[] bias) {
    /** In double, a larger one would cost more memory than it is worth. */
    private static final long MAX_KERNEL = 1L << 24;

    /** What a node computes; empty if it is no such node. */
    static Optional<Linear> of(GraphEditor graph, NodeProto node) {
        boolean isConvolution = node.getOpType().equals("Conv");
        boolean isPlain =
                node.getOpType().equals("MatMul") || (node.getOpType().equals("Gemm") && node.getAttributeCount() == 0);
        if (!isConvolution && !isPlain) {
            return Optional.empty();
        }
        Optional<GraphEditor.Constant> kernel = graph.constant(node.getInput(1));
        if (kernel.isEmpty()
                || kernel.get().valueCount() > MAX_KERNEL
                || (isPlain && kernel.get().dims().size() != 2)) {
            return Optional.empty();
        }
        List<Long> dims = kernel.get().dims();
        int outputs = Math.toIntExact(dims.get(isConvolution ? 0 : 1));
        double[] bias = new double[outputs];
        if (node.getInputCount() > 2) {
            Optional<GraphEditor.Constant> constant = graph.constant(node.getInput(2));
            if (constant.isEmpty() || constant.get().valueCount() != outputs) {
                return Optional.empty();
            }
            bias = constant.get().values();
        }
        int groups = Math.toIntExact(
                attribute(node, "group").map(AttributeProto::getI).orElse(1L));
        boolean isPadded = attribute(node, "pads")
                        .filter(pads -> pads.getIntsList().stream().anyMatch(pad -> pad != 0))
                        .isPresent()
                || attribute(node, "auto_pad")
                        .filter(pad ->
                                !List.of("VALID", "NOTSET").contains(pad.getS().toStringUtf8()))
                        .isPresent();
        return Optional.of(new Linear(
                node.getOpType(), dims, groups, isPadded, kernel.get().values(), bias));
    }

    private static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    boolean isConvolution() {
        return operator.equals("Conv");
    }

    boolean hasBias() {
        return Arrays.stream(bias).anyMatch(value -> value != 0);
    }

    int outputs() {
        return bias.length;
    }

    int inputs() {
        return Math.toIntExact(isConvolution() ? dims.get(1) * groups : dims.get(0));
    }

    /** Which input a value of the kernel belongs to. */
    private int inputOf(int index) {
        if (!isConvolution()) {
            return index / outputs();
        }
        int channels = Math.toIntExact(dims.get(1));
        int positions = kernel.length / (outputs() * channels);
        int group = outputOf(index) / (outputs() / groups);
        return group * channels + index / positions % channels;
    }

    /** Which output a value of the kernel belongs to. */
    private int outputOf(int index) {
        return isConvolution() ? index / (kernel.length / outputs()) : index % outputs();
    }

    /** This, and then a multiplication and an addition for each output. */
    Linear then(Affine affine) {
        double[] newKernel = new double[kernel.length];
        Arrays.setAll(newKernel, i -> kernel[i] * affine.factors()[outputOf(i)]);
        double[] newBias = new double[bias.length];
        Arrays.setAll(newBias, i -> bias[i] * affine.factors()[i] + affine.summands()[i]);
        return new Linear(operator, dims, groups, padsWithZeros, newKernel, newBias);
    }

    /** A multiplication and an addition for each input, and then this. */
    Linear after(Affine affine) {
        double[] newKernel = new double[kernel.length];
        double[] newBias = bias.clone();
        for (int i = 0; i < kernel.length; i++) {
            newKernel[i] = kernel[i] * affine.factors()[inputOf(i)];
            newBias[outputOf(i)] += kernel[i] * affine.summands()[inputOf(i)];
        }
        return new Linear(operator, dims, groups, padsWithZeros, newKernel, newBias);
    }

    /** The kernel {@code (inputs, outputs)} with its rows in another order, by the old row of each new one. */
    Linear withRows(IntUnaryOperator oldRow) {
        double[] newKernel = new double[kernel.length];
        for (int row = 0; row < inputs(); row++) {
            System.arraycopy(kernel, oldRow.applyAsInt(row) * outputs(), newKernel, row * outputs(), outputs());
        }
        return new Linear(operator, dims, groups, padsWithZeros, newKernel, bias);
    }

    /** Whether every value is one of float32. */
    boolean isFinite() {
        return Arrays.stream(kernel).allMatch(value -> Float.isFinite((float) value))
                && Arrays.stream(bias).allMatch(value -> Float.isFinite((float) value));
    }

    /** Puts this in the place of a node that it was made of. */
    void write(GraphEditor graph, NodeProto node, String output) {
        String newKernel = graph.add(node.getInput(1), dims, kernel);
        NodeProto.Builder changed =
                node.toBuilder().clearInput().addInput(node.getInput(0)).addInput(newKernel);
        if (hasBias() || node.getInputCount() > 2) {
            String newBias = graph.add(
                    node.getInputCount() > 2 ? node.getInput(2) : node.getName() + "/bias",
                    List.of((long) bias.length),
                    bias);
            if (operator.equals("MatMul")) {
                String product = graph.free(node.getName() + "/product");
                graph.replace(
                        node,
                        changed.setOutput(0, product).build(),
                        NodeProto.newBuilder()
                                .setName(node.getName() + "/add")
                                .setOpType("Add")
                                .addAllInput(List.of(product, newBias))
                                .addOutput(output)
                                .build());
                return;
            }
            changed.addInput(newBias);
        }
        graph.replace(node, changed.setOutput(0, output).build());
    }
}
