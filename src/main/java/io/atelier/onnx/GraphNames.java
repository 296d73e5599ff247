package io.atelier.onnx;

import io.atelier.onnx.proto.GraphProto;
import io.atelier.onnx.proto.NodeProto;
import io.atelier.onnx.proto.TensorProto;
import io.atelier.onnx.proto.TensorShapeProto;
import io.atelier.onnx.proto.ValueInfoProto;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gives the tensors of a graph other names. */
final class GraphNames {
    private GraphNames() {}

    /** The graph with these tensors renamed wherever they stand; the new names must be free. */
    static GraphProto rename(GraphProto graph, Map<String, String> newNames) {
        UnaryOperator<String> name = old -> newNames.getOrDefault(old, old);
        GraphProto.Builder renamed = graph.toBuilder();
        renamed.getInputBuilderList().forEach(input -> rename(input, name));
        renamed.getOutputBuilderList().forEach(output -> rename(output, name));
        for (TensorProto.Builder constant : renamed.getInitializerBuilderList()) {
            constant.setName(name.apply(constant.getName()));
        }
        for (NodeProto.Builder node : renamed.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, name.apply(node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                node.setOutput(i, name.apply(node.getOutput(i)));
            }
        }
        return renamed.build();
    }

    private static void rename(ValueInfoProto.Builder value, UnaryOperator<String> name) {
        String old = value.getName();
        value.setName(name.apply(old));
        for (TensorShapeProto.Dimension.Builder axis :
                value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
            if (axis.getDimParam().startsWith(old + "_axis_")) {
                axis.setDimParam(value.getName() + axis.getDimParam().substring(old.length()));
            }
        }
    }
}
