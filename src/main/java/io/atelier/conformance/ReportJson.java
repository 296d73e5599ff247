package io.atelier.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report as JSON; its keys are an interface, so they are spelt out here and not taken from the records. */
final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJson() {}

    static String write(ConformanceReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("file", report.file());
        json.put("format", report.format());
        json.put("kerasVersion", report.kerasVersion().orElse(null));
        json.put("engine", report.engine());
        json.put("verdict", report.verdict().id());
        json.set("layers", comparisons(report.layers()));
        json.set("outputs", comparisons(report.outputs()));
        json.put("argmaxAgreement", finite(report.argmaxAgreement().orElse(Double.NaN)));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static ArrayNode comparisons(List<TensorComparison> comparisons) {
        ArrayNode array = MAPPER.createArrayNode();
        for (TensorComparison comparison : comparisons) {
            ObjectNode json = array.addObject();
            json.put("name", comparison.name());
            json.put("className", comparison.className());
            ArrayNode shape = json.putArray("shape");
            for (int size : comparison.shape().toArray()) {
                shape.add(size);
            }
            json.put("maxAbs", finite(comparison.maxAbs()));
            json.put("maxRel", finite(comparison.maxRel()));
            json.put("verdict", comparison.verdict().id());
        }
        return array;
    }

    /** JSON knows neither NaN nor infinities. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
