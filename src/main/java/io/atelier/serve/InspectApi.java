package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Prediction;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Shape;
import io.atelier.serve.models.ServedModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** {@code POST /inspect}: what the page shows of one image, from the picture that the model got to its feature maps. */
final class InspectApi {
    /** Of one layer: enough to look at, and no megabytes of a large model's. */
    private static final int MOST_CHANNELS = 64;

    private static final int MOST_VALUES = 1 << 20;

    private final ImageModels models;
    private final Images images;
    private final Json json;
    private final Uploads uploads;
    private final Metrics metrics;

    InspectApi(ImageModels models, Images images, Json json, Uploads uploads, Metrics metrics) {
        this.models = models;
        this.images = images;
        this.json = json;
        this.uploads = uploads;
        this.metrics = metrics;
    }

    void register(RoutesConfig routes) {
        routes.post("/inspect", this::inspect);
    }

    private void inspect(Context context) {
        ImageModels.checkParameters(context, "model", "version");
        models.use(context, (model, classifier) -> {
            List<Uploads.Upload> received = uploads.read(context);
            if (received.size() != 1) {
                throw RequestException.badRequest("expected one image; received " + received.size());
            }
            inspect(context, model, classifier, received.get(0).bytes());
        });
    }

    private <L> void inspect(Context context, ServedModel model, ImageClassifier<L> classifier, byte[] image) {
        Tensor input = images.prepare(classifier, image);
        BufferedImage view = images.view(classifier, image);
        Prediction<L> prediction = classifier.classifyBatch(input).get(0);
        metrics.predicted(model.key(), prediction);
        Map<TensorRef, Tensor> activations = model.engine().activations(List.of(input));
        json.answer(context, out -> {
            out.writeStartObject();
            out.writeStringField("model", model.key().name());
            out.writeStringField("version", Long.toString(model.key().version()));
            ClassifyApi.prediction(out, prediction, classifier.labels().size());
            out.writeBinaryField("input", png(view));
            out.writeArrayFieldStart("layers");
            int values = 0;
            for (TensorRef tensor : model.model().tensors()) {
                Tensor maps = activations.get(tensor);
                if (maps != null && isConvolution(model.model(), tensor) && values < MOST_VALUES) {
                    values += maps.valueCount();
                    write(out, model.model(), tensor, maps);
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private static boolean isConvolution(KerasModel model, TensorRef tensor) {
        return model.layer(tensor.layer()).config() instanceof Convolution convolution
                && convolution.window().rank() == 2;
    }

    /** A byte a value, from the layer's smallest to its largest, channel by channel. */
    private static void write(JsonGenerator out, KerasModel model, TensorRef tensor, Tensor maps) throws IOException {
        Convolution convolution = (Convolution) model.layer(tensor.layer()).config();
        Shape shape = maps.shape();
        boolean isLast = convolution.window().dataFormat() == DataFormat.CHANNELS_LAST;
        int channels = shape.size(isLast ? 3 : 1);
        int height = shape.size(isLast ? 1 : 2);
        int width = shape.size(isLast ? 2 : 3);
        int area = height * width;
        int shown = Math.min(channels, Math.max(1, Math.min(MOST_CHANNELS, MOST_VALUES / area)));
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < maps.valueCount(); i++) {
            min = Math.min(min, maps.get(i));
            max = Math.max(max, maps.get(i));
        }
        byte[] bytes = new byte[shown * area];
        for (int channel = 0; channel < shown; channel++) {
            for (int at = 0; at < area; at++) {
                float value = maps.get(isLast ? at * channels + channel : channel * area + at);
                bytes[channel * area + at] = (byte) Math.round(max > min ? 255 * (value - min) / (max - min) : 0);
            }
        }
        out.writeStartObject();
        out.writeStringField("name", tensor.layer());
        out.writeNumberField("channels", channels);
        out.writeNumberField("height", height);
        out.writeNumberField("width", width);
        out.writeBinaryField("values", bytes);
        out.writeEndObject();
    }
}
