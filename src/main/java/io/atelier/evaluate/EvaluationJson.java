package io.atelier.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.data.SkippedImage;
import java.util.List;
import java.util.stream.IntStream;

/** An evaluation as JSON. */
final class EvaluationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EvaluationJson() {}

    static String of(Evaluation evaluation) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(evaluation));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static ObjectNode tree(Evaluation evaluation) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("source", evaluation.source());
        json.put("images", evaluation.count());
        json.put("correct", evaluation.confusion().correct());
        json.put("accuracy", evaluation.accuracy());
        ArrayNode top = json.putArray("topAccuracy");
        IntStream.rangeClosed(1, evaluation.ranks().size()).forEach(k -> top.add(evaluation.topAccuracy(k)));
        json.put("loss", evaluation.loss());
        report(json, evaluation.report());
        matrix(json.putArray("confusionMatrix"), evaluation.confusion());
        ArrayNode mistakes = json.putArray("mistakes");
        for (Mistake mistake : evaluation.mistakes()) {
            mistakes.addObject()
                    .put("image", mistake.image())
                    .put("actual", mistake.actual())
                    .put("predicted", mistake.predicted())
                    .put("confidence", mistake.confidence())
                    .put("actualProbability", mistake.actualProbability());
        }
        json.put("skippedCount", evaluation.skippedCount());
        ArrayNode skipped = json.putArray("skipped");
        for (SkippedImage image : evaluation.skipped()) {
            skipped.addObject().put("image", image.name()).put("reason", image.reason());
        }
        json.put("seconds", evaluation.time().toNanos() / 1e9);
        return json;
    }

    private static void report(ObjectNode json, ClassificationReport report) {
        ArrayNode labels = json.putArray("labels");
        for (ClassificationReport.Scores scores : report.labels()) {
            scores(labels.addObject().put("label", scores.name()), scores);
        }
        for (ClassificationReport.Scores average : List.of(report.macro(), report.weighted())) {
            scores(json.putObject(average.name()), average);
        }
    }

    private static void scores(ObjectNode json, ClassificationReport.Scores scores) {
        json.put("precision", scores.precision());
        json.put("recall", scores.recall());
        json.put("f1-score", scores.f1());
        json.put("support", scores.support());
    }

    private static void matrix(ArrayNode json, ConfusionMatrix matrix) {
        int size = matrix.labels().size();
        for (int actual = 0; actual < size; actual++) {
            ArrayNode row = json.addArray();
            for (int predicted = 0; predicted < size; predicted++) {
                row.add(matrix.count(actual, predicted));
            }
        }
    }
}
