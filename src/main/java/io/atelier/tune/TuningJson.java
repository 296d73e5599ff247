package io.atelier.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atelier.evaluate.EpochMetrics;
import java.util.Locale;

/** A {@link TuningReport} as JSON. */
final class TuningJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TuningJson() {}

    static String of(TuningReport report) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static ObjectNode tree(TuningReport report) throws JsonProcessingException {
        ObjectNode json = MAPPER.createObjectNode();
        ObjectNode settings = json.putObject("settings");
        report.settings().forEach(settings::put);
        ArrayNode epochs = json.putArray("epochs");
        for (EpochMetrics epoch : report.epochs()) {
            ObjectNode node = epochs.addObject()
                    .put("epoch", epoch.epoch())
                    .put("loss", epoch.loss())
                    .put("accuracy", epoch.accuracy());
            epoch.validationLoss().ifPresent(loss -> node.put("validationLoss", loss));
            epoch.validationAccuracy().ifPresent(accuracy -> node.put("validationAccuracy", accuracy));
            node.put("seconds", epoch.time().toNanos() / 1e9);
        }
        json.put("stop", report.stop().name().toLowerCase(Locale.ROOT));
        json.put("keptEpoch", report.keptEpoch());
        json.put("imagesPerSecond", report.imagesPerSecond());
        ArrayNode skipped = json.putArray("skipped");
        report.skipped()
                .forEach(image -> skipped.addObject().put("image", image.name()).put("reason", image.reason()));
        if (report.before().isPresent()) {
            json.set("before", MAPPER.readTree(report.before().get().toJson()));
        }
        if (report.after().isPresent()) {
            json.set("after", MAPPER.readTree(report.after().get().toJson()));
        }
        return json;
    }
}
