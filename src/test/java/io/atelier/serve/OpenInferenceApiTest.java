package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol, as KServe's clients see it. */
class OpenInferenceApiTest {
    @AutoClose
    private static final AtelierServer server =
            AtelierServer.builder().model("fashion", Boot.MODEL).port(0).start();

    private static final Client client = new Client(server);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v2/health/live                    | {\"live\":true}",
                "/v2/health/ready                   | {\"ready\":true}",
                "/v2                                | {\"name\":\"atelier\",\"version\":\"built from source\",\"extensions\":[\"binary_tensor_data\"]}",
                "/v2/models/fashion/ready           | {\"name\":\"fashion\",\"ready\":true}",
                "/v2/models/fashion/versions/1/ready | {\"name\":\"fashion\",\"ready\":true}",
                "/v2/models/fashion                 | {\"name\":\"fashion\",\"versions\":[\"1\"],\"platform\":\"keras_keras\",\"inputs\":[{\"name\":\"input_layer\",\"datatype\":\"FP32\",\"shape\":[-1,28,28,1]}],\"outputs\":[{\"name\":\"dense_1\",\"datatype\":\"FP32\",\"shape\":[-1,10]}]}",
            })
    void answersWhatTheProtocolAsksOfAServer(String path, String body) {
        assertThat(client.get(path))
                .extracting(Client.Answer::status, Client.Answer::body)
                .containsExactly(200, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/fashion/infer", "/v2/models/fashion/versions/1/infer"})
    void infersFromNestedAndFlatNumbers(String path) {
        for (String data : new String[] {"[" + Boot.nested() + "]", Boot.flat().transform(list -> "[" + list + "]")}) {
            JsonNode answer = client.post(
                            path,
                            "{\"id\":\"42\",\"inputs\":[{\"name\":\"input_layer\",\"shape\":[1,28,28,1],"
                                    + "\"datatype\":\"FP32\",\"data\":" + data
                                    + "}],\"outputs\":[{\"name\":\"dense_1\",\"parameters\":{\"binary_data\":false}}]}")
                    .json();
            assertThat(answer.fieldNames())
                    .toIterable()
                    .containsExactly("model_name", "model_version", "id", "outputs");
            assertThat(answer.get("id").asText()).isEqualTo("42");
            JsonNode output = answer.get("outputs").get(0);
            assertThat(output.fieldNames()).toIterable().containsExactly("name", "shape", "datatype", "data");
            assertThat(output.get("shape").toString()).isEqualTo("[1,10]");
            assertThat(output.get("data").get(9).floatValue()).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void takesImagesAsBytes() {
        JsonNode answer = client.post(
                        "/v2/models/fashion/infer",
                        "{\"inputs\":[{\"name\":\"input_layer\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\""
                                + Boot.base64() + "\",\"" + Boot.base64() + "\"]}]}")
                .json();
        assertThat(answer.get("outputs").get(0).get("shape").toString()).isEqualTo("[2,10]");
        assertThat(answer.get("outputs").get(0).get("data").get(19).floatValue())
                .isCloseTo(1, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                   | the request has no 'inputs'",
                "{\"inputs\":7}                       | 'inputs' must be a list of objects",
                "{\"inputs\":[7]}                     | 'inputs' must be a list of objects",
                "{\"parameters\":7}                 | 'parameters' must be an object",
                "{\"parameters\":{\"priority\":1}}  | the parameter 'priority' is not supported here; 'binary_data_output' is",
                "{\"parameters\":{\"binary_data_output\":1}} | the parameter 'binary_data_output' must be true or false",
                "{\"inputs\":[{\"parameters\":{\"binary_data_size\":1.5}}]} | the parameter 'binary_data_size' must be a number of bytes",
                "{\"outputs\":[{\"name\":\"a\",\"parameters\":{\"classification\":3}}]} | the parameter 'classification' is not supported here; 'binary_data' is",
                "{\"priority\":1}                     | the key 'priority' is not known",
                "{\"inputs\":[{}]}                    | an input has no 'name'",
                "{\"inputs\":[{\"name\":\"a\"}]}      | input 'a' has no 'datatype'",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]} | the model has no input 'a'; expected [input_layer]",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP31\",\"shape\":[1],\"data\":[1]}]} | input 'a': the datatype 'FP31' is not known",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1]}]} | input 'a': the shape (2,) needs 2 values; received 1 in the shape (1,)",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[-1],\"data\":[1]}]} | 'shape' must be a list of sizes; received -1.0",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[9000000,9000000,9000000],\"data\":[1]}]} | input 'a': the shape (9000000, 9000000, 9000000) is too large",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"UINT8\",\"shape\":[1],\"data\":[256]}]} | input 'a': 256.0 is no value of type UINT8",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"INT8\",\"shape\":[1],\"data\":[1.5]}]} | input 'a': 1.5 is no value of type INT8",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[\"x\"]}]} | input 'a': expected numbers for the datatype FP32",
                "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"AAAA\"]}]} | input 'a': expected 2 base64 texts, an encoded image each",
            })
    void refusesARequestThatIsWrong(String body, String error) {
        assertThat(client.post("/v2/models/fashion/infer", body))
                .extracting(Client.Answer::status, Client.Answer::body)
                .containsExactly(400, "{\"error\":\"" + error + "\"}");
    }

    @Test
    void refusesAnOutputThatTheModelDoesNotGive() {
        String body = "{\"inputs\":[{\"name\":\"input_layer\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":["
                + Boot.nested() + "]}],\"outputs\":[{\"name\":\"x\"}]}";
        assertThat(client.post("/v2/models/fashion/infer", body).body())
                .isEqualTo("{\"error\":\"the model has no output 'x'; expected [dense_1]\"}");
    }

    @Test
    void knowsOnlyTheModelsThereAre() {
        for (String path : new String[] {"/v2/models/none", "/v2/models/none/ready"}) {
            assertThat(client.get(path))
                    .extracting(Client.Answer::status, Client.Answer::body)
                    .containsExactly(404, "{\"error\":\"there is no model 'none'\"}");
        }
        assertThat(client.method("HEAD", "/v2/models/none").status()).isEqualTo(404);
        assertThat(client.post("/v2/models/fashion/versions/2/infer", "{}"))
                .extracting(Client.Answer::status, Client.Answer::body)
                .containsExactly(404, "{\"error\":\"there is no model 'fashion' of version 2\"}");
    }
}
