package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.conformance.Reference;
import io.atelier.keras.Tensor;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TensorFlow Serving's REST interface, as its clients see it. */
class TensorFlowApiTest {
    private static final Path TWO_INPUTS = Fixtures.ROOT.resolve("conformance/many_ends");

    @AutoClose
    private static final AtelierServer server = AtelierServer.builder()
            .model("fashion", Boot.MODEL)
            .model("two", TWO_INPUTS.resolve("model.keras"))
            .port(0)
            .start();

    private static final Client client = new Client(server);

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/fashion", "/v1/models/fashion/versions/1"})
    void tellsTheStatusOfAModel(String path) {
        assertThat(client.get(path).body())
                .isEqualTo("{\"model_version_status\":[{\"version\":\"1\",\"state\":\"AVAILABLE\",\"status\":"
                        + "{\"error_code\":\"OK\",\"error_message\":\"\"}}]}");
    }

    @Test
    void tellsWhatAModelTakesAndGives() {
        assertThat(client.get("/v1/models/fashion/metadata").body())
                .isEqualTo("{\"model_spec\":{\"name\":\"fashion\",\"signature_name\":\"\",\"version\":\"1\"},"
                        + "\"metadata\":{\"signature_def\":{\"signature_def\":{\"serving_default\":{\"inputs\":"
                        + "{\"input_layer\":{\"dtype\":\"DT_FLOAT\",\"tensor_shape\":{\"dim\":["
                        + "{\"size\":\"-1\",\"name\":\"\"},{\"size\":\"28\",\"name\":\"\"},"
                        + "{\"size\":\"28\",\"name\":\"\"},{\"size\":\"1\",\"name\":\"\"}],\"unknown_rank\":false},"
                        + "\"name\":\"input_layer:0\"}},\"outputs\":{\"dense_1\":{\"dtype\":\"DT_FLOAT\","
                        + "\"tensor_shape\":{\"dim\":[{\"size\":\"-1\",\"name\":\"\"},{\"size\":\"10\",\"name\":\"\"}],"
                        + "\"unknown_rank\":false},\"name\":\"dense_1:0\"}},"
                        + "\"method_name\":\"tensorflow/serving/predict\",\"defaults\":{}}}}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/fashion:predict", "/v1/models/fashion/versions/1:predict"})
    void predictsRowByRowWhatKerasComputed(String path) {
        Reference reference = Reference.read(Fixtures.FASHION_MNIST.resolve("reference.npz"));
        Tensor inputs = reference.inputs().get(0).rows(0, 3);
        JsonNode answer = client.post(path, "{\"ignored\":{},\"instances\":" + json(inputs) + "}")
                .json();
        assertThat(answer.fieldNames()).toIterable().containsExactly("predictions");
        assertEqual(answer.get("predictions"), reference.outputs().get(0).rows(0, 3));
    }

    @Test
    void predictsAColumnAsOneTensor() {
        Reference reference = Reference.read(Fixtures.FASHION_MNIST.resolve("reference.npz"));
        Tensor inputs = reference.inputs().get(0).rows(0, 2);
        for (String column : new String[] {json(inputs), "{\"input_layer\":" + json(inputs) + "}"}) {
            JsonNode answer = client.post(
                            "/v1/models/fashion:predict",
                            "{\"signature_name\":\"serving_default\",\"inputs\":" + column + "}")
                    .json();
            assertThat(answer.fieldNames()).toIterable().containsExactly("outputs");
            assertEqual(answer.get("outputs"), reference.outputs().get(0).rows(0, 2));
        }
    }

    @Test
    void namesTheTensorsOfAModelWithSeveral() {
        Reference reference = Reference.read(TWO_INPUTS.resolve("reference.npz"));
        var inputs = server.models().get(1).model().orElseThrow().signature().inputs();
        var outputs = server.models().get(1).model().orElseThrow().signature().outputs();
        assertThat(inputs).hasSizeGreaterThan(1);
        assertThat(outputs).hasSizeGreaterThan(1);
        String columns = IntStream.range(0, inputs.size())
                .mapToObj(i -> "\"" + inputs.get(i).name() + "\":"
                        + json(reference.inputs().get(i).rows(0, 2)))
                .collect(Collectors.joining(",", "{", "}"));
        String rows = IntStream.range(0, 2)
                .mapToObj(row -> IntStream.range(0, inputs.size())
                        .mapToObj(i -> "\"" + inputs.get(i).name() + "\":"
                                + unwrapped(json(reference.inputs().get(i).rows(row, row + 1))))
                        .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "[", "]"));
        JsonNode column = client.post("/v1/models/two:predict", "{\"inputs\":" + columns + "}")
                .json()
                .get("outputs");
        JsonNode row = client.post("/v1/models/two:predict", "{\"instances\":" + rows + "}")
                .json()
                .get("predictions");
        for (int i = 0; i < outputs.size(); i++) {
            Tensor keras = reference.outputs().get(i).rows(0, 2);
            assertEqual(column.get(outputs.get(i).name()), keras);
            assertEqual(row.get(1).get(outputs.get(i).name()), keras.rows(1, 2));
        }
    }

    @Test
    void takesAnEncodedImageForARow() {
        JsonNode answer = client.post(
                        "/v1/models/fashion:predict",
                        "{\"instances\":[{\"b64\":\"" + Boot.base64() + "\"},{\"input_layer\":{\"b64\":\""
                                + Boot.base64() + "\"}}]}")
                .json();
        assertThat(answer.get("error").asText()).contains("expected numbers, or an encoded image");
        JsonNode images = client.post(
                        "/v1/models/fashion:predict",
                        "{\"instances\":[{\"b64\":\"" + Boot.base64() + "\"},{\"b64\":\"" + Boot.base64() + "\"}]}")
                .json();
        JsonNode numbers = client.post("/v1/models/fashion:predict", "{\"instances\":[" + Boot.nested() + "]}")
                .json();
        assertThat(images.get("predictions")).hasSize(2);
        assertThat(images.get("predictions").get(1).get(9).asDouble())
                .isCloseTo(numbers.get("predictions").get(0).get(9).asDouble(), within(1e-5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /v1/foo                        | 400 | Malformed request: GET /v1/foo",
                "GET    | /v1/models                     | 400 | Missing model name in request.",
                "GET    | /v1/models/fashion:predict     | 400 | Malformed request: GET /v1/models/fashion:predict",
                "PUT    | /v1/models/fashion             | 400 | Malformed request: PUT /v1/models/fashion",
                "DELETE | /v1/models/fashion             | 400 | Malformed request: DELETE /v1/models/fashion",
                "POST   | /v1/models/fashion             | 400 | Malformed request: POST /v1/models/fashion",
                "GET    | /v1/models/none                | 404 | Could not find any versions of model none",
                "GET    | /v1/models/fashion/versions/7  | 404 | Could not find version 7 of model fashion",
                "GET    | /v1/models/fashion/labels/new  | 400 | Unrecognized servable version label: new",
                "GET    | /v1/models/none/metadata       | 404 | Servable not found for request: Latest(none)",
                "POST   | /v1/models/none:predict        | 404 | Servable not found for request: Latest(none)",
                "POST   | /v1/models/fashion/versions/7:predict | 404 | Servable not found for request: Specific(fashion, 7)",
                "POST   | /v1/models/fashion:predict     | 400 | JSON Parse error: The document is empty",
                "POST   | /v1/models/fashion:classify    | 400 | Expected classify signature method_name to be tensorflow/serving/classify. Was: tensorflow/serving/predict",
            })
    void saysWhatIsWrongWithARequest(String method, String path, int status, String error) {
        Client.Answer answer = client.method(method, path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                        | Missing 'inputs' or 'instances' key",
                "{\"inputs\":[1],\"instances\":[1]}        | Not formatted correctly expected only one of 'inputs' or 'instances' to exist",
                "{\"instances\":[1],\"instances\":[1]}     | JSON Parse error: Invalid value. at offset: 28 (Duplicate field 'instances')",
                "{\"signature_name\":\"x\"}                | Serving signature name: \\\"x\\\" not found",
                "{\"signature_name\":7}                    | 'signature_name' key must be a string value.",
                "{\"instances\":[1,[2]]}                   | a tensor's nested lists must have the same length at each depth",
                "{\"instances\":[[1],2]}                   | a tensor's nested lists must have the same length at each depth",
                "{\"instances\":[[1,2],[3]]}               | a tensor's nested lists must have the same length at each depth",
                "{\"instances\":[[1],{\"a\":1}]}           | objects must stand directly in the list",
                "{\"instances\":[{\"a\":1},1]}             | a list must hold either objects or numbers, not both",
                "{\"instances\":[{\"a\":1}]}               | the model has no input 'a'; expected [input_layer]",
                "{\"instances\":[{\"b64\":\"?\"}]}         | a 'b64' value is not base64",
                "{\"instances\":[{\"b64\":\"AAAA\"}]}      | image: is no image in a known format",
                "{\"instances\":7}                         | Expects 'instances' to be a list",
                "{\"instances\":[[[[1]]]]}                 | input 'input_layer' must have shape (None, 28, 28, 1); received (1, 1, 1, 1)",
                "{\"instances\":[]}                        | input 'input_layer' must have shape (None, 28, 28, 1); received (0,)",
                "{\"instances\":[\"text\"]}                | expected a number, a list or an object; received text",
                "{\"instances\":[null]}                    | expected a number, a list or an object; received null",
                "{\"instances\":[1e39]}                    | 1e39 is too large for a 32-bit float",
                "{\"instances\":[16777217]}                | the integer 16777217 cannot be carried exactly",
                "{\"instances\":[99999999999999999999]}    | the integer 99999999999999999999 cannot be carried exactly",
                "{\"instances\":[1}                        | JSON Parse error: Invalid value. at offset:",
                "{\"instances\":[1]} more                  | JSON Parse error",
                "[1]                                       | JSON Parse error: expected an object",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]} | JSON Parse error: Document nesting depth (17) exceeds the maximum allowed (16",
            })
    void refusesABodyThatIsNoPrediction(String body, String error) {
        Client.Answer answer = client.post("/v1/models/fashion:predict", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":\"" + error);
    }

    private static String json(Tensor tensor) {
        StringBuilder text = new StringBuilder();
        write(tensor, 0, new int[1], text);
        return text.toString();
    }

    private static void write(Tensor tensor, int axis, int[] at, StringBuilder text) {
        if (axis == tensor.shape().rank()) {
            text.append(tensor.get(at[0]++));
            return;
        }
        for (int i = 0; i < tensor.shape().size(axis); i++) {
            text.append(i == 0 ? '[' : ',');
            write(tensor, axis + 1, at, text);
        }
        text.append(']');
    }

    /** A list's only element. */
    private static String unwrapped(String list) {
        return list.substring(1, list.length() - 1);
    }

    private static void assertEqual(JsonNode answer, Tensor keras) {
        float[] values = new float[keras.valueCount()];
        collect(answer, values, new int[1]);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(keras.get(i), within(1e-5f * Math.max(1, Math.abs(keras.get(i)))));
        }
    }

    private static void collect(JsonNode node, float[] values, int[] at) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, values, at));
        } else {
            values[at[0]++] = node.floatValue();
        }
    }
}
