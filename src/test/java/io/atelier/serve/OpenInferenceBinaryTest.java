package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.conformance.Reference;
import io.atelier.keras.Tensor;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors as bytes in the Open Inference Protocol, as Triton's clients send and ask for them by default. */
class OpenInferenceBinaryTest {
    private static final String INFER = "/v2/models/fashion/infer";
    private static final Reference REFERENCE = Reference.read(Fixtures.FASHION_MNIST.resolve("reference.npz"));

    @AutoClose
    private static final AtelierServer server =
            AtelierServer.builder().model("fashion", Boot.MODEL).port(0).start();

    private static final Client client = new Client(server);

    @Test
    void bytesInAndBytesOutAreWhatKerasComputed() throws IOException {
        Tensor inputs = REFERENCE.inputs().get(0).rows(0, 2);
        Client.Answer answer = post(
                "{\"id\":\"7\",\"parameters\":{\"binary_data_output\":true},\"inputs\":["
                        + input("[2,28,28,1]", "FP32", 2 * 784 * 4) + "]}",
                BinaryTensor.bytes(inputs));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        byte[] body = answer.response().body();
        int length = Integer.parseInt(
                answer.response().headers().firstValue(InferBody.JSON_LENGTH).orElseThrow());
        JsonNode json = new ObjectMapper().readTree(Arrays.copyOf(body, length));
        assertThat(json.toString())
                .isEqualTo(
                        "{\"model_name\":\"fashion\",\"model_version\":\"1\",\"id\":\"7\",\"outputs\":[{\"name\":"
                                + "\"dense_1\",\"shape\":[2,10],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":80}}]}");
        float[] outputs = new float[20];
        ByteBuffer.wrap(body, length, body.length - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(outputs);
        assertThat(body).hasSize(length + 80);
        assertThat(outputs)
                .containsExactly(REFERENCE.outputs().get(0).rows(0, 2).toArray(), within(1e-5f));
    }

    @Test
    void anOutputThatIsAskedForAsJsonIsSo() {
        Client.Answer answer = post(
                "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[" + input("[1,28,28,1]", "FP32", 784 * 4)
                        + "],\"outputs\":[{\"name\":\"dense_1\",\"parameters\":{\"binary_data\":false}}]}",
                BinaryTensor.bytes(REFERENCE.inputs().get(0).rows(0, 1)));
        assertThat(answer.json().at("/outputs/0/data")).hasSize(10);
        assertThat(answer.response().headers().firstValue(InferBody.JSON_LENGTH))
                .isEmpty();
    }

    @Test
    void imagesAreElementsBehindTheirLengths() {
        byte[] image = Boot.bytes();
        ByteBuffer elements = ByteBuffer.allocate(2 * (4 + image.length)).order(ByteOrder.LITTLE_ENDIAN);
        elements.putInt(image.length).put(image).putInt(image.length).put(image);
        JsonNode answer = post("{\"inputs\":[" + input("[2]", "BYTES", elements.capacity()) + "]}", elements.array())
                .json();
        assertThat(answer.at("/outputs/0/data/9").floatValue()).isCloseTo(1, within(1e-5f));
        assertThat(answer.at("/outputs/0/data/19").floatValue()).isCloseTo(1, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,28,28,1] | FP32  | 3136 | 3135 | input 'input_layer': expected 3136 bytes of binary data; received 3135",
                "[1,28,28,1] | FP32  | 3136 | 3140 | the last 4 bytes of the body belong to no input's binary_data_size",
                "[1,28,28,1] | FP32  | 3132 | 3132 | input 'input_layer': the shape (1, 28, 28, 1) of type FP32 needs 784 values of 4 bytes; received 3132 bytes",
                "[2,28,28,1] | FP32  | 3136 | 3136 | input 'input_layer': the shape (2, 28, 28, 1) of type FP32 needs 1568 values of 4 bytes; received 3136 bytes",
                "[1,28,28,1] | FP31  | 3136 | 3136 | input 'input_layer': the datatype 'FP31' is not known",
                "[1]         | BYTES | 3    | 3    | input 'input_layer': expected elements of type BYTES, each of 4 bytes that tell its length and as many bytes as these say",
                "[2]         | BYTES | 4    | 4    | input 'input_layer': expected 2 elements of type BYTES, an encoded image each; received 1",
                "[1,28,28,1] | FP32  | -1   | 0    | the parameter 'binary_data_size' must be a number of bytes",
            })
    void bytesThatAreNotWhatTheyAreSaidToBeAreRefused(
            String shape, String datatype, long said, int sent, String error) {
        Client.Answer answer = post("{\"inputs\":[" + input(shape, datatype, said) + "]}", new byte[sent]);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").asText()).isEqualTo(error);
    }

    @Test
    void dataIsNotSentTwice() {
        String twice = input("[1]", "FP32", 4).replace("{\"name\"", "{\"data\":[1],\"name\"");
        assertThat(post("{\"inputs\":[" + twice + "]}", new byte[4]).body())
                .isEqualTo("{\"error\":\"input 'input_layer' has both 'data' and 'binary_data_size'\"}");
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "99", "99999999999"})
    void theLengthOfTheJsonIsChecked(String length) {
        assertThat(client.post(INFER, "{}", InferBody.JSON_LENGTH, length))
                .extracting(Client.Answer::status, Client.Answer::body)
                .containsExactly(
                        400,
                        "{\"error\":\"Inference-Header-Content-Length must be the length of the JSON in the body of 2"
                                + " bytes; received '" + length + "'\"}");
    }

    private static String input(String shape, String datatype, long size) {
        return "{\"name\":\"input_layer\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}";
    }

    private static Client.Answer post(String json, byte[] rest) {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(rest);
        return client.post(INFER, body.toByteArray(), InferBody.JSON_LENGTH, Integer.toString(head.length));
    }
}
