package io.atelier.onnx;

import io.atelier.onnx.proto.AttributeProto;
import io.atelier.onnx.proto.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * A node that multiplies by a constant kernel and adds a constant bias: Conv, Gemm or MatMul.
 *
 * @param operator the node's operator
 * @param groups 1 unless the operator is Conv
 * @param padsWithZeros whether the input is padded, so that an addition before it is not one after it
 * @param kernel {@code (filters, inChannels / groups, …)} of a Conv, else {@code (inputs, outputs)}; its values are computed when they are asked for
 * @param bias as long as there are outputs, never written to; zeros where the node has none
 */
record Linear(String operator, int groups, boolean padsWithZeros, GraphEditor.Constant kernel, double[] bias) {
    /** What a node computes; empty if it is no such node. */
    static Optional<Linear> of(GraphEditor graph, NodeProto node) {
        boolean isConvolution = node.getOpType().equals("Conv");
        boolean isPlain =
                node.getOpType().equals("MatMul") || (node.getOpType().equals("Gemm") && node.getAttributeCount() == 0);
        if (!isConvolution && !isPlain) {
            return Optional.empty();
        }
        Optional<GraphEditor.Constant> kernel = graph.constant(node.getInput(1));
        if (kernel.isEmpty() || (isPlain && kernel.get().dims().size() != 2)) {
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
        return Optional.of(new Linear(node.getOpType(), groups, isPadded, kernel.get(), bias));
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

    private List<Long> dims() {
        return kernel.dims();
    }

    int rank() {
        return dims().size();
    }

    int outputs() {
        return bias.length;
    }

    int inputs() {
        return Math.toIntExact(isConvolution() ? dims().get(1) * groups : dims().get(0));
    }

    /** Which input a value of the kernel belongs to. */
    private int inputOf(int index) {
        if (!isConvolution()) {
            return index / outputs();
        }
        int channels = Math.toIntExact(dims().get(1));
        int positions = kernel.valueCount() / (outputs() * channels);
        int group = outputOf(index) / (outputs() / groups);
        return group * channels + index / positions % channels;
    }

    /** Which output a value of the kernel belongs to. */
    private int outputOf(int index) {
        return isConvolution() ? index / (kernel.valueCount() / outputs()) : index % outputs();
    }

    /** This, and then a multiplication and an addition for each output. */
    Linear then(Affine affine) {
        double[] newBias = new double[bias.length];
        Arrays.setAll(newBias, i -> bias[i] * affine.factors()[i] + affine.summands()[i]);
        return with(i -> kernel.at(i) * affine.factors()[outputOf(i)], newBias);
    }

    /** A multiplication and an addition for each input, and then this. */
    Linear after(Affine affine) {
        double[] newBias = bias.clone();
        if (affine.adds()) {
            kernel.indices().forEach(i -> newBias[outputOf(i)] += kernel.at(i) * affine.summands()[inputOf(i)]);
        }
        return with(i -> kernel.at(i) * affine.factors()[inputOf(i)], newBias);
    }

    /** The kernel {@code (inputs, outputs)} with its rows in another order, by the old row of each new one. */
    Linear withRows(IntUnaryOperator oldRow) {
        return with(i -> kernel.at(oldRow.applyAsInt(i / outputs()) * outputs() + i % outputs()), bias);
    }

    private Linear with(IntToDoubleFunction newKernel, double[] newBias) {
        return new Linear(operator, groups, padsWithZeros, new GraphEditor.Constant(kernel.dims(), newKernel), newBias);
    }

    /** Whether every value is one of float32. */
    boolean isFinite() {
        return kernel.indices().allMatch(i -> Float.isFinite((float) kernel.at(i)))
                && Arrays.stream(bias).allMatch(value -> Float.isFinite((float) value));
    }

    /** Puts this in the place of a node that it was made of. */
    void write(GraphEditor graph, NodeProto node, String output) {
        String newKernel = graph.add(node.getInput(1), kernel);
        NodeProto.Builder changed =
                node.toBuilder().clearInput().addInput(node.getInput(0)).addInput(newKernel);
        if (hasBias() || node.getInputCount() > 2) {
            String newBias = graph.add(
                    node.getInputCount() > 2 ? node.getInput(2) : node.getName() + "/bias",
                    new GraphEditor.Constant(List.of((long) bias.length), i -> bias[i]));
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
