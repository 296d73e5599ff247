package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.keras.Tensor;
import io.atelier.serve.models.ModelKey;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The answer of the Open Inference Protocol's {@code infer}: JSON, and behind it the outputs that are asked for as bytes.
 *
 * @param model that computed it
 * @param id to be echoed, if there is one
 * @param wanted which outputs, in which order
 * @param outputs all that the model gave
 */
record InferAnswer(ModelKey model, Optional<String> id, List<Output> wanted, List<Tensor> outputs) {
    /**
     * An output that is asked for.
     *
     * @param index among all
     * @param isBinary whether it is sent as bytes
     */
    record Output(int index, String name, boolean isBinary) {}

    void send(Context context, Json json) {
        byte[] head = json.bytes(this::write);
        if (wanted.stream().noneMatch(Output::isBinary)) {
            context.contentType("application/json").result(head);
            return;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        wanted.stream()
                .filter(Output::isBinary)
                .forEach(output -> body.writeBytes(BinaryTensor.bytes(outputs.get(output.index()))));
        context.header(InferBody.JSON_LENGTH, Integer.toString(head.length))
                .contentType("application/octet-stream")
                .result(body.toByteArray());
    }

    private void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("model_name", model.name());
        out.writeStringField("model_version", Long.toString(model.version()));
        if (id.isPresent()) {
            out.writeStringField("id", id.get());
        }
        out.writeArrayFieldStart("outputs");
        for (Output output : wanted) {
            write(out, output, outputs.get(output.index()));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Output output, Tensor tensor) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", output.name());
        out.writeFieldName("shape");
        int[] shape = tensor.shape().toArray();
        out.writeArray(shape, 0, shape.length);
        out.writeStringField("datatype", "FP32");
        if (output.isBinary()) {
            out.writeObjectFieldStart("parameters");
            out.writeNumberField("binary_data_size", tensor.valueCount() * Float.BYTES);
            out.writeEndObject();
        } else {
            out.writeFieldName("data");
            TensorWriter.flat(out, tensor);
        }
        out.writeEndObject();
    }
}
