package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page asks for; PageTest looks at the page itself. */
class PageApiTest {
    @AutoClose
    private static final AtelierServer server =
            AtelierServer.builder().model(Boot.MODEL).port(0).start();

    private static final Client client = new Client(server);

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/page.js, text/javascript",
        "/page.css, text/css",
        "/docs, text/html",
        "/docs.js, text/javascript",
        "/openapi.json, application/json",
    })
    void thePageNeedsNothingFromElsewhere(String path, String type) {
        Client.Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith(type);
        assertThat(answer.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("default-src 'none';");
        Matcher address = Pattern.compile("https?://[^\"' )]+").matcher(answer.body());
        List<String> addresses = new ArrayList<>();
        while (address.find()) {
            addresses.add(address.group());
        }
        addresses.remove("http://www.w3.org/2000/svg"); // a name, not a place
        assertThat(addresses).isEmpty();
    }

    @Test
    void listsModelsAndTellsWhatTheyConsistOf() {
        assertThat(client.get("/models").body())
                .isEqualTo("{\"models\":[{\"name\":\"fashion-mnist\",\"version\":\"1\",\"images\":true}]}");
        JsonNode summary = client.get("/models/fashion-mnist/summary").json();
        assertThat(summary.get("parameters").asInt()).isEqualTo(89_546);
        assertThat(summary.get("layers").findValuesAsText("kind")).startsWith("Conv2D", "MaxPooling2D");
        assertThat(summary.get("layers").get(0).toString())
                .isEqualTo(
                        "{\"name\":\"conv2d\",\"kind\":\"Conv2D\",\"shape\":\"(None, 28, 28, 16)\",\"parameters\":160}");
        Client.Answer graph = client.get("/models/fashion-mnist/graph.svg?version=1");
        assertThat(graph.body()).startsWith("<svg").contains("conv2d (Conv2D)");
    }

    @Test
    void theGalleryHoldsTheImagesBesideTheModelAndNothingElse() {
        JsonNode images = client.get("/models/fashion-mnist/gallery").json().get("images");
        assertThat(images).hasSizeGreaterThan(20);
        assertThat(images.get(0).asText()).isEqualTo("ankle-boot-0000.png");
        Client.Answer image = client.get("/models/fashion-mnist/gallery/ankle-boot-0000.png");
        assertThat(image.response().body()).isEqualTo(Boot.bytes());
        assertThat(image.response().headers().firstValue("Content-Type")).contains("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels.txt", "..%2Fmodel.keras", "%2E%2E%2Fmodel.keras", "..%5Cmodel.keras", "none.png"})
    void noOtherFileIsGivenAway(String name) {
        assertThat(client.get("/models/fashion-mnist/gallery/" + name).status()).isIn(400, 404);
    }

    @Test
    void showsWhatTheModelGotOfAnImageAndItsFeatureMaps() throws Exception {
        JsonNode answer = client.post("/inspect", "image/png", Boot.bytes()).json();
        assertThat(answer.get("label").asText()).isEqualTo("Ankle boot");
        assertThat(answer.get("predictions")).hasSize(10);
        BufferedImage seen =
                ImageIO.read(new ByteArrayInputStream(answer.get("input").binaryValue()));
        BufferedImage boot = ImageIO.read(Boot.FILE.toFile());
        assertThat(seen.getData().getSamples(0, 0, 28, 28, 0, (int[]) null))
                .isEqualTo(boot.getData().getSamples(0, 0, 28, 28, 0, (int[]) null));
        assertThat(answer.get("layers").findValuesAsText("name")).containsExactly("conv2d", "conv2d_1", "conv2d_2");
        JsonNode first = answer.get("layers").get(0);
        assertThat(first.get("channels").asInt()).isEqualTo(16);
        byte[] maps = first.get("values").binaryValue();
        assertThat(maps).hasSize(16 * 28 * 28).contains((byte) 0, (byte) 255);
    }

    @Test
    void inspectsOneImageAtATime() {
        assertThat(client.form("/inspect", Map.of("a", Boot.bytes(), "b", Boot.bytes()))
                        .body())
                .isEqualTo("{\"error\":\"expected one image; received 2\"}");
        assertThat(client.post("/inspect?model=none", "image/png", Boot.bytes()).status())
                .isEqualTo(404);
    }

    @Test
    void theOpenApiDocumentDescribesEveryRouteAndNoOther() {
        JsonNode paths = client.get("/openapi.json").json().get("paths");
        List<String> described = new ArrayList<>();
        paths.fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        List<String> routes = new ArrayList<>(server.routes());
        routes.removeIf(route -> route.contains(" /v1/") || PageApi.PATHS.contains(route.substring("GET ".length())));
        assertThat(described).filteredOn(route -> !route.contains(" /v1/")).containsExactlyInAnyOrderElementsOf(routes);
        // TensorFlow Serving's paths are taken apart by TensorFlowPath rather than by the router.
        for (String route : described) {
            String path = route.replaceFirst("^\\w+ ", "")
                    .replace("{model}", "m")
                    .replace("{version}", "1")
                    .replace("{label}", "new");
            if (path.startsWith("/v1/")) {
                assertThat(route.startsWith("GET ") ? TensorFlowPath.ofGet(path) : TensorFlowPath.ofPost(path))
                        .as(route)
                        .isPresent();
            }
        }
    }
}
