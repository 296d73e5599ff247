package io.atelier.tune;

import io.atelier.data.SkippedImage;
import io.atelier.evaluate.EpochMetrics;
import io.atelier.evaluate.Evaluation;
import io.atelier.evaluate.ReportPage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fine-tuning went. Immutable and thread-safe.
 *
 * @param settings what was tuned, on what, and how, in words, in an order for people
 * @param epochs that were done, those before a resumption included
 * @param stop why it ended
 * @param keptEpoch the epoch whose weights were kept, from 1; 0 for those before the first
 * @param imagesPerSecond how many images were learned from in a second; 0 if there was none
 * @param skipped the first of the images that could not be read and were passed over
 * @param before how good the model was on the images held out; empty if there were none, or its labels were others
 * @param after how good it is now on the same images; empty if there were none, or it was cancelled
 */
public record TuningReport(
        Map<String, String> settings,
        List<EpochMetrics> epochs,
        Stop stop,
        int keptEpoch,
        double imagesPerSecond,
        List<SkippedImage> skipped,
        Optional<Evaluation> before,
        Optional<Evaluation> after) {
    public TuningReport {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        epochs = List.copyOf(epochs);
        skipped = List.copyOf(skipped);
    }

    /** Everything for people, of a fixed width; ends with a line break. */
    public String toText() {
        return TuningText.of(this);
    }

    /** Everything as one HTML page, with charts, and the surest mistakes on the images held out as pictures. */
    public ReportPage toPage() {
        ReportPage page = ReportPage.of("Fine-tuning of " + settings.getOrDefault("model", "a model"))
                .withEpochs(epochs);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            page = page.withFact(setting.getKey(), setting.getValue());
        }
        page = page.withFact("ended because", stop.reason())
                .withFact("weights", keptEpoch == 0 ? "before the first epoch" : "after epoch " + keptEpoch)
                .withFact("images a second", String.valueOf(Math.round(imagesPerSecond)));
        if (before.isPresent()) {
            page = page.withBefore(before.get());
        }
        return after.isPresent() ? page.withEvaluation(after.get()) : page;
    }

    /** Everything but pictures, as a JSON object. */
    public String toJson() {
        return TuningJson.of(this);
    }
}
