package io.atelier.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Shape;
import io.atelier.plot.PlotGraph.Edge;
import io.atelier.testing.Fixtures;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ModelPlotTest {
    private static KerasModel fixture(String name) {
        Path folder = Fixtures.ROOT.resolve("conformance").resolve(name);
        return Fixtures.read(folder.resolve("model.keras"));
    }

    private static Document svg(KerasModel model, PlotOptions options) throws Exception {
        String svg = ModelPlot.of(model, options).toSvg();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    @Test
    void everyLayerIsABoxWithItsNameKindAndShapes() throws Exception {
        Document svg = svg(fixture("residual_block"), PlotOptions.DEFAULT);
        assertThat(texts(svg))
                .startsWith("x (InputLayer)", "Output shape: (None, 8, 8, 3)", "conv2d (Conv2D)")
                .contains("add (Add)", "Input shape: [(None, 4, 4, 4), (None, 4, 4, 4)]");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(10);
    }

    @Test
    void shapesMayBeLeftOut() throws Exception {
        assertThat(texts(svg(fixture("residual_block"), new PlotOptions(false, false, false))))
                .hasSize(10)
                .noneMatch(text -> text.contains("shape"));
    }

    @Test
    void eachCallOfASharedLayerIsABoxOfItsOwn() throws Exception {
        assertThat(texts(svg(fixture("called_in_a_row"), new PlotOptions(false, false, false))))
                .containsExactly(
                        "x (InputLayer)", "dense (Dense, call 1)", "dense (Dense, call 2)", "dense (Dense, call 3)");
    }

    @Test
    void aNestedModelIsOneBoxUnlessItIsExpanded() throws Exception {
        KerasModel twice = fixture("nested_twice");
        assertThat(texts(svg(twice, new PlotOptions(false, false, false))))
                .containsExactly(
                        "b (InputLayer)",
                        "a (InputLayer)",
                        "twice (Functional, call 1)",
                        "twice (Functional, call 2)",
                        "twice (Functional, call 3)",
                        "difference (Subtract)");
        assertThat(texts(svg(twice, PlotOptions.DEFAULT)))
                .contains("Input shape: [(None, 4), (None, 4)]")
                .noneMatch(text -> text.contains("twice/"));
        assertThat(texts(svg(twice, new PlotOptions(false, false, true))))
                .contains("twice/block/block_norm (BatchNormalization, call 3)")
                .noneMatch(text -> text.contains("Functional"));
    }

    @Test
    void whatANestedModelHandsOnComesFromWhereItWasMade() throws Exception {
        Document svg = svg(fixture("nested_ends"), PlotOptions.DEFAULT);
        assertThat(texts(svg))
                .contains("inner (Functional)", "Output shape: [(None, 3), (None, 7), (None, 3)]", "merged (Multiply)");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(texts(svg(fixture("nested_three_deep"), new PlotOptions(false, false, false))))
                .hasSize(3);
    }

    @Test
    void namesCannotBreakOutOfTheirText() throws Exception {
        KerasModel odd = fixture("odd_names");
        assertThat(texts(svg(odd, PlotOptions.DEFAULT))).contains("it's \"<odd>\" & 100% (Dense)");
        assertThat(ModelPlot.of(odd, PlotOptions.DEFAULT).toDot())
                .contains(
                        "{it's \\\"\\<odd\\>\\\" & 100% (Dense) | {Input shape: (None, 4) | Output shape: (None, 4)}}");
    }

    @Test
    void dotHasEveryBoxAndArrow() {
        assertThat(ModelPlot.of(fixture("two_outputs"), new PlotOptions(true, true, false))
                        .toDot()
                        .lines())
                .contains("  rankdir=LR;")
                .filteredOn(line -> line.contains("->"))
                .containsExactly("  n0 -> n1;", "  n1 -> n2;");
    }

    @Test
    void textStaysWithinItsBoxAndBoxesWithinThePicture() throws Exception {
        for (boolean leftToRight : new boolean[] {false, true}) {
            Document svg = svg(fixture("merge_kinds"), new PlotOptions(true, leftToRight, false));
            double width = number((Element) svg.getDocumentElement(), "width");
            double height = number((Element) svg.getDocumentElement(), "height");
            NodeList boxes = svg.getElementsByTagName("rect");
            for (int i = 1; i < boxes.getLength(); i++) {
                Element box = (Element) boxes.item(i);
                assertThat(number(box, "x")).isGreaterThanOrEqualTo(0);
                assertThat(number(box, "y")).isGreaterThanOrEqualTo(0);
                assertThat(number(box, "x") + number(box, "width")).isLessThanOrEqualTo(width);
                assertThat(number(box, "y") + number(box, "height")).isLessThanOrEqualTo(height);
                String text = svg.getElementsByTagName("text").item(i - 1).getTextContent();
                assertThat(number(box, "width")).isGreaterThan(text.length() * 6.5);
            }
        }
    }

    @Test
    void noFontOfTheMachineDrawsATextWiderThanItsBox() {
        FontMetrics metrics = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY)
                .createGraphics()
                .getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, ModelPlot.FONT_SIZE));
        for (String name : List.of("W".repeat(40), "MmWw_%@".repeat(9), "ABCDEFGHIJ", "dicht_ä密鋼", "block_1_conv2d")) {
            assertThat(ModelPlot.textWidth(name)).as(name).isGreaterThan(metrics.stringWidth(name) + 8);
        }
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void theImageIsAsLargeAsThePictureAndNotBlank() {
        BufferedImage image =
                ModelPlot.of(fixture("residual_block"), PlotOptions.DEFAULT).toImage();
        assertThat(image.getWidth()).isBetween(500, 1200);
        assertThat(image.getHeight()).isEqualTo(2 * 12 + 8 * 48 + 7 * 32);
        int black = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            black += (image.getRGB(x, 100) & 0xff) < 64 ? 1 : 0;
        }
        assertThat(black).isGreaterThan(100);
    }

    @Test
    void boxesOfARandomGraphNeverOverlapAndEdgesLeadOn() {
        Random random = new Random(3);
        int count = 300;
        List<Edge> edges = new ArrayList<>();
        for (int to = 1; to < count; to++) {
            for (int i = 0; i < 2; i++) {
                edges.add(new Edge(random.nextInt(to), to));
            }
        }
        double[] across = random.doubles(count, 20, 200).toArray();
        double[] along = random.doubles(count, 20, 50).toArray();
        LayeredLayout layout = new LayeredLayout(across, along, edges);
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                boolean besides = Math.abs(layout.middle(a) - layout.middle(b)) >= (across[a] + across[b]) / 2;
                boolean apart =
                        layout.start(a) >= layout.start(b) + along[b] || layout.start(b) >= layout.start(a) + along[a];
                assertThat(besides || apart).as(a + " and " + b).isTrue();
            }
        }
        for (Edge edge : edges) {
            assertThat(layout.start(edge.from()) + along[edge.from()]).isLessThan(layout.start(edge.to()));
        }
    }

    @Test
    void aVeryLongModelIsDrawnAsSvgAndRefusedAsAnImage() {
        List<KerasLayer> layers = new ArrayList<>();
        List<LayerCall> calls = new ArrayList<>();
        layers.add(new KerasLayer("x", new InputLayer(Shape.of(-1, 4), "float32"), Map.of()));
        calls.add(new LayerCall("x", 0, List.of()));
        for (int i = 0; i < 10_000; i++) {
            String previous = layers.get(i).name();
            layers.add(new KerasLayer("a" + i, new Activation(ActivationFunction.RELU), Map.of()));
            calls.add(new LayerCall("a" + i, 0, List.of(TensorRef.of(previous))));
        }
        KerasModel model = new KerasModel(
                "long",
                KerasModel.Kind.SEQUENTIAL,
                layers,
                calls,
                List.of(TensorRef.of("x")),
                List.of(TensorRef.of("a9999")),
                Optional.empty(),
                ModelOrigin.memory());
        ModelPlot plot = ModelPlot.of(model, PlotOptions.DEFAULT);
        assertThat(plot.toSvg()).contains("a9999 (Activation)");
        assertThatThrownBy(plot::toImage)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("draw it as SVG");
    }
}
