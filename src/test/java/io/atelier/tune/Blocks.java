package io.atelier.tune;

import io.atelier.classify.Labels;
import io.atelier.classify.Preprocessing;
import io.atelier.data.Dataset;
import io.atelier.data.ImageSource;
import io.atelier.data.LabelledImage;
import io.atelier.keras.KerasModel;
import io.atelier.testing.Fixtures;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Pictures of 12 x 12 pixels with noise and a light block, whose place is the class; and a small model for them. */
final class Blocks {
    static final List<String> NAMES =
            IntStream.range(0, 10).mapToObj(i -> "block " + i).toList();
    static final Labels<String> LABELS = Labels.of(NAMES);

    private Blocks() {}

    /** The notebook's CNN with fewer filters, not yet trained. */
    static KerasModel model() {
        return Fixtures.read(Fixtures.ROOT.resolve("training/cnn/model.keras"));
    }

    /** A tuner of the model with a fast optimizer. */
    static FineTunerBuilder<String> tuner() {
        return tuner(model());
    }

    static FineTunerBuilder<String> tuner(KerasModel model) {
        return FineTuner.of(model, LABELS, Preprocessing.builder().build())
                .optimizer(Optimizer.adam(0.01))
                .loss(Loss.of(Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY));
    }

    /** Pictures of the first classes, as many of each. */
    static Dataset data(int classes, int each, long seed) {
        List<LabelledImage> images = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < classes * each; i++) {
            int label = i % classes;
            images.add(new LabelledImage(new ImageSource.Picture("picture " + i, picture(label, random)), label));
        }
        return Dataset.of("blocks", NAMES.subList(0, classes), images);
    }

    private static BufferedImage picture(int label, Random random) {
        BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 12; y++) {
            for (int x = 0; x < 12; x++) {
                boolean isInBlock = x / 4 == label % 3 && y / 3 == label / 3;
                image.getRaster().setSample(x, y, 0, random.nextInt(60) + (isInBlock ? 180 : 0));
            }
        }
        return image;
    }
}
