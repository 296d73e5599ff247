package io.atelier.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.engine.Engine;
import io.atelier.testing.Fixtures;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that only classifies loads, in a Java process of its own. */
class DefaultPathTest {
    private static final Pattern CLASS = Pattern.compile("\\[class,load\\] (\\S+) source:");
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** Classifies an image on the engine that is named, or on the default. */
    static final class Program {
        public static void main(String[] arguments) {
            Path model = Path.of(arguments[0]);
            try (FashionClassifier classifier = arguments[2].isEmpty()
                    ? FashionClassifier.load(model)
                    : FashionClassifier.load(model, Engine.valueOf(arguments[2]))) {
                System.out.println(classifier.classify(Path.of(arguments[1])).item());
            }
        }
    }

    /** The classes that classifying an image loads. */
    private List<String> loadedOn(String engine) throws Exception {
        Path log = folder.resolve("classes.log");
        ChildJvm run = ChildJvm.run(
                List.of("-Xlog:class+load=info:file=" + log + ":tags"), CLASS_PATH, Program.class, arguments(engine));
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("ANKLE_BOOT");
        return CLASS.matcher(Files.readString(log))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> arguments(String... engineAndMore) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Fixtures.FASHION_MNIST.resolve("model.keras").toString());
        arguments.add(Fixtures.FASHION_MNIST
                .resolve("images")
                .resolve("ankle-boot-0000.png")
                .toString());
        arguments.addAll(List.of(engineAndMore));
        return arguments;
    }

    private static boolean isOfDeeplearning4j(String name) {
        return name.matches("(org\\.nd4j|org\\.deeplearning4j|org\\.bytedeco)\\..*");
    }

    @Test
    void classifyingLoadsOnnxRuntimeAndNothingOfDeeplearning4j() throws Exception {
        assertThat(loadedOn(""))
                .contains("ai.onnxruntime.OrtSession", "io.atelier.onnx.OnnxEngine")
                .noneMatch(DefaultPathTest::isOfDeeplearning4j);
    }

    @Test
    void theEngineThatIsAskedForIsTheOneThatIsLoaded() throws Exception {
        assertThat(loadedOn("DL4J"))
                .anyMatch(DefaultPathTest::isOfDeeplearning4j)
                .doesNotContain("ai.onnxruntime.OrtSession");
    }

    @Test
    void anEngineWhoseNativeLibraryIsMissingNamesWhatToAdd() throws Exception {
        assertThat(without("onnxruntime", "ONNX"))
                .contains("engine onnx cannot start (", "com.microsoft.onnxruntime:onnxruntime");
        assertThat(without("(openblas|nd4j-native)-.*-(linux|macosx|windows)", "DL4J"))
                .contains("engine dl4j cannot start (", "org.nd4j:nd4j-native", "the jar for this platform included");
    }

    private static String without(String jar, String engine) throws Exception {
        String classPath = Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*/" + jar + "[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        ChildJvm run = ChildJvm.run(List.of(), classPath, Program.class, arguments(engine));
        assertThat(run.exitCode()).isNotZero();
        return run.output();
    }

    /** ONNX Runtime 1.29.0 reads the process's command line when it starts, and died of a long one. */
    @Test
    void aLongCommandLineDoesNoHarm() throws Exception {
        String classPath = CLASS_PATH + (File.pathSeparator + "/no/such/folder/of/classes").repeat(400);
        assertThat(classPath).hasSizeGreaterThan(9_000);
        List<String> arguments = arguments("ONNX", "a".repeat(9_000), "C:\\folder=\"a b\" ".repeat(600));
        ChildJvm run = ChildJvm.run(List.of(), classPath, Program.class, arguments);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("ANKLE_BOOT");
    }
}
