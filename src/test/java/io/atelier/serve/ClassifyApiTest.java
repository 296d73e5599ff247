package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.testing.Fixtures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ClassifyApiTest {
    @AutoClose
    private static final AtelierServer server = AtelierServer.builder()
            .model("fashion", Boot.MODEL)
            .model("two", Fixtures.ROOT.resolve("conformance/two_inputs/model.keras"))
            .limits(RequestLimits.DEFAULT.withMaxBodyBytes(200_000).withMaxPixels(1_000_000))
            .port(0)
            .start();

    private static final Client client = new Client(server);

    @Test
    void tellsTheThreeMostLikelyLabelsOfAnImage() {
        JsonNode answer = client.post("/classify", "image/png", Boot.bytes()).json();
        assertThat(answer.get("model").asText()).isEqualTo("fashion");
        assertThat(answer.get("version").asText()).isEqualTo("1");
        JsonNode image = answer.get("images").get(0);
        assertThat(image.fieldNames()).toIterable().containsExactly("label", "confidence", "predictions");
        assertThat(image.get("label").asText()).isEqualTo("Ankle boot");
        assertThat(image.get("confidence").floatValue()).isGreaterThan(0.99f);
        assertThat(image.get("predictions").findValuesAsText("label"))
                .containsExactly("Ankle boot", "Sneaker", "Sandal");
    }

    @Test
    void takesSeveralImagesAndNamesThoseThatAreNone() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("boot.png", Boot.bytes());
        files.put("notes.txt", "no image".getBytes(StandardCharsets.UTF_8));
        files.put("bag.png", Boot.bytes(Fixtures.FASHION_MNIST.resolve("images/bag-0018.png")));
        Client.Answer answer = client.form("/classify?top=1&model=fashion&version=1", files);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode images = answer.json().get("images");
        assertThat(images.findValuesAsText("file")).containsExactly("boot.png", "notes.txt", "bag.png");
        assertThat(images.get(0).get("label").asText()).isEqualTo("Ankle boot");
        assertThat(images.get(0).get("predictions")).hasSize(1);
        assertThat(images.get(1).get("error").asText()).startsWith("image: is no image in a known format");
        assertThat(images.get(2).get("label").asText()).isEqualTo("Bag");
    }

    @Test
    void takesAJpegOfAnySize() throws IOException {
        BufferedImage boot = ImageIO.read(Boot.FILE.toFile());
        BufferedImage large = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
        large.createGraphics().drawImage(boot, 0, 0, 280, 280, null);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(large, "jpg", jpeg);
        assertThat(client.post("/classify", "image/jpeg", jpeg.toByteArray())
                        .json()
                        .get("images")
                        .get(0)
                        .get("label")
                        .asText())
                .isEqualTo("Ankle boot");
    }

    @Test
    void refusesWhatIsNoImage() {
        assertRefused(400, "image: is no image", client.post("/classify", "image/png", new byte[100]));
        assertRefused(
                400,
                "expected an image as the body; received 0 bytes",
                client.post("/classify", "image/png", new byte[0]));
        assertRefused(
                415,
                "expected multipart/form-data, or an image",
                client.post("/classify", "{}", "Content-Type", "application/json"));
        assertRefused(400, "expected at least one image in the form", client.form("/classify", Map.of()));
        assertRefused(
                400,
                "the form cannot be read",
                client.post("/classify", "multipart/form-data; boundary=a", new byte[10]));
        assertRefused(400, "image: is no image", client.form("/classify", Map.of("a", new byte[5])));
        assertRefused(
                415,
                "bodies are taken as they are; received Content-Encoding: gzip",
                client.post("/classify", "x", "Content-Type", "image/png", "Content-Encoding", "gzip"));
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        assertRefused(413, "a body has at most 200000 bytes", client.post("/classify", "image/png", new byte[200_001]));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1001, 1000, BufferedImage.TYPE_BYTE_BINARY), "png", bomb);
        assertRefused(
                400,
                "image: the image has 1000 x 1001 pixels, more than the limit maxPixels=1000000",
                client.post("/classify", "image/png", bomb.toByteArray()));
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 65; i++) {
            many.put("image" + i, new byte[1]);
        }
        assertRefused(413, "a request has at most 64 images", client.form("/classify", many));
    }

    @Test
    void refusesAModelOrANumberThatIsWrong() {
        assertRefused(
                400,
                "'top' is a number from 1; received '0'",
                client.post("/classify?top=0", "image/png", Boot.bytes()));
        assertRefused(404, "there is no model 'x'", client.post("/classify?model=x", "image/png", Boot.bytes()));
        assertRefused(
                404,
                "there is no model 'fashion' of version 9",
                client.post("/classify?version=9", "image/png", Boot.bytes()));
        assertRefused(
                400,
                "the model 'two' takes tensors, not images",
                client.post("/classify?model=two", "image/png", Boot.bytes()));
        for (String path : new String[] {"/classify?vesion=1", "/inspect?top=1"}) {
            Client.Answer answer = client.post(path, "image/png", Boot.bytes());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains(" is not known; expected one of [model, version");
        }
        assertRefused(
                400,
                "the parameter 'top' is given 2 times",
                client.post("/classify?top=1&top=2", "image/png", Boot.bytes()));
        assertRefused(
                400,
                "the parameter 'v' is not known; expected one of [version]",
                client.get("/models/fashion/summary?v=1"));
        assertThat(client.get("/classify").status()).isEqualTo(405);
    }

    private static void assertRefused(int status, String error, Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error\":\"" + error);
    }
}
