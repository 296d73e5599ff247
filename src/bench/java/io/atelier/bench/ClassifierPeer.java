package io.atelier.bench;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Atelier as an application uses it: grey bytes in, {@link Prediction}s out. */
final class ClassifierPeer implements Peer {
    private final FashionClassifier classifier;

    private ClassifierPeer(FashionClassifier classifier) {
        this.classifier = classifier;
    }

    /** {@code threads}: 0 leaves all to the defaults, as applications do. */
    static ClassifierPeer load(ModelFolder folder, int threads) {
        return new ClassifierPeer(
                threads == 0
                        ? FashionClassifier.load(folder.keras())
                        : FashionClassifier.of(EnginePeer.openOnnx(folder, threads)));
    }

    @Override
    public Callable<?> prediction(Batch batch) {
        int pixels = batch.values().length / batch.size();
        List<byte[]> images = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            byte[] image = new byte[pixels];
            for (int i = 0; i < pixels; i++) {
                image[i] = (byte) Math.round(batch.values()[row * pixels + i] * 255);
            }
            images.add(image);
        }
        return images.size() == 1
                ? () -> List.of(classifier.classify(images.get(0)))
                : () -> classifier.classifyGrey(images);
    }

    @Override
    public float[] probabilities(Object result) {
        List<?> predictions = (List<?>) result;
        int classes = classifier.labels().size();
        float[] all = new float[predictions.size() * classes];
        for (int i = 0; i < predictions.size(); i++) {
            System.arraycopy(((Prediction<?>) predictions.get(i)).probabilities(), 0, all, i * classes, classes);
        }
        return all;
    }
}
