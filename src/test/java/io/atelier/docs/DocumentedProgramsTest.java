package io.atelier.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.classify.FashionClassifier;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Compiles and runs the programs in the documentation, as a reader would who copies them. */
class DocumentedProgramsTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?public class (\\w+) .*?)```", Pattern.DOTALL);
    private static final String MODEL =
            Fixtures.FASHION_MNIST.resolve("model.keras").toString();
    private static final String IMAGE =
            Fixtures.FASHION_MNIST.resolve("images/ankle-boot-0000.png").toString();
    private static final String REFERENCE =
            Fixtures.FASHION_MNIST.resolve("reference.npz").toString();

    @TempDir
    static Path folder;

    @BeforeAll
    static void everyProgramCompiles() throws IOException {
        Map<String, String> programs = new LinkedHashMap<>();
        for (String page :
                List.of("docs/embedding.md", "docs/custom-layers.md", "docs/evaluating.md", "docs/tuning.md")) {
            Matcher matcher = PROGRAM.matcher(Files.readString(Path.of(page)));
            while (matcher.find()) {
                programs.put(matcher.group(2), matcher.group(1));
            }
        }
        assertThat(programs)
                .containsOnlyKeys(
                        "Wardrobe", "OwnLabels", "Proof", "Shop", "Counter", "OwnLayers", "HowGood", "OwnPhotos");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Map.Entry<String, String> program : programs.entrySet()) {
            Path source = Files.writeString(folder.resolve(program.getKey() + ".java"), program.getValue());
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            int status = compiler.run(
                    null,
                    null,
                    errors,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    source.toString());
            assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        }
    }

    @Test
    void theCompleteProgramTellsABootFromItsPicture() throws Exception {
        assertThat(run("Wardrobe", MODEL, IMAGE).lines())
                .startsWith("Ankle boot, 100 %", "boot? 1.00", "ANKLE_BOOT")
                .hasSize(5);
    }

    @Test
    void theCompleteProgramSaysWhatIsWrongWithAFile() throws Exception {
        assertThat(run("Wardrobe", "gone.keras", IMAGE))
                .isEqualTo("gone.keras: there is no such file; check the path\n");
    }

    @Test
    void aModelMayHaveLabelsOfItsOwn() throws Exception {
        assertThat(run("OwnLabels", MODEL, IMAGE)).isEqualTo("boot\n");
    }

    @Test
    void theNetworkAndTheProofAreWithinReach() throws Exception {
        assertThat(run("Proof", MODEL, IMAGE, REFERENCE))
                .startsWith("Model: \"sequential\"")
                .endsWith("89546\npass\n");
    }

    @Test
    void anEvaluationIsToldAndWrittenAsAPage() throws Exception {
        Path page = folder.resolve("wardrobe.html");
        String images = Fixtures.FASHION_MNIST.resolve("images").toString();
        assertThat(run("HowGood", MODEL, images, page.toString()))
                .startsWith("0.9667 of 30 images\n              precision    recall  f1-score   support\n")
                .contains("\n[[3 0 0 0 0 0 0 0 0 0]\n", " taken for ");
        assertThat(page).content().contains("<h1>Wardrobe</h1>");
    }

    @Test
    void aSpringBootApplicationTakesAnUploadAndClosesItsClassifier() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            thread.setContextClassLoader(loader);
            Method main = loader.loadClass("shop.Shop").getMethod("main", String[].class);
            FashionClassifier classifier;
            try (ConfigurableApplicationContext shop = SpringApplication.from(
                            arguments -> main.invoke(null, (Object) arguments))
                    .run("--server.port=0", "--shop.model=" + MODEL, "--spring.main.banner-mode=off")
                    .getApplicationContext()) {
                classifier = shop.getBean(FashionClassifier.class);
                HttpResponse<String> boot = upload(shop, Files.readString(Path.of(IMAGE), StandardCharsets.ISO_8859_1));
                assertThat(boot.statusCode()).isEqualTo(200);
                assertThat(boot.body())
                        .matches("\\{\"item\":\"ANKLE_BOOT\",\"name\":\"Ankle boot\",\"confidence\":[01]\\.\\d+}");
                HttpResponse<String> noImage = upload(shop, "no image");
                assertThat(noImage.statusCode()).isEqualTo(400);
                assertThat(noImage.body()).startsWith("{\"error\":\"").contains("is no image in a known format");
            }
            assertThatThrownBy(() -> classifier.classify(Path.of(IMAGE))).isInstanceOf(IllegalStateException.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static HttpResponse<String> upload(ConfigurableApplicationContext shop, String file) throws Exception {
        String form = "--limit\r\nContent-Disposition: form-data; name=\"image\"; filename=\"boot.png\"\r\n\r\n" + file
                + "\r\n--limit--\r\n";
        String port = shop.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/items"))
                                .header("Content-Type", "multipart/form-data; boundary=limit")
                                .POST(BodyPublishers.ofString(form, StandardCharsets.ISO_8859_1))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void aServerIsStartedFromAProgram() throws Exception {
        assertThat(run("Counter", MODEL, IMAGE)).isEqualTo("200\n");
    }

    @Test
    void aModelIsTunedAndHandedBack() throws Exception {
        Path tuned = folder.resolve("tuned.keras");
        Path page = folder.resolve("tuning.html");
        String images = Fixtures.FASHION_MNIST.resolve("images").toString();
        assertThat(run("OwnPhotos", MODEL, images, tuned.toString(), page.toString(), IMAGE))
                .contains("Held out, after:  accuracy 0.", "head            new")
                .endsWith("\nankle-boot\n");
        assertThat(Fixtures.read(tuned).outputShapes().get(0).size(1)).isEqualTo(10);
        assertThat(page).exists();
    }

    @Test
    void layersOfOnesOwnAreRegistered() throws Exception {
        String model = Fixtures.ROOT.resolve("custom-layers/model.keras").toString();
        assertThat(run("OwnLayers", model)).isEqualTo("(1, 3)\n");
    }

    private static String run(String program, String... arguments) throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
