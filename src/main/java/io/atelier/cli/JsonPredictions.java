package io.atelier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** A JSON list with an object an image: {@code file} and either {@code predictions} or {@code error}. */
final class JsonPredictions implements Predictions {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int top;
    private final ArrayNode list = MAPPER.createArrayNode();

    JsonPredictions(int top) {
        this.top = top;
    }

    @Override
    public int top() {
        return top;
    }

    @Override
    public void add(Path image, List<Score> scores, PrintWriter out) {
        ObjectNode json = list.addObject();
        json.put("file", image.toString());
        ArrayNode predictions = json.putArray("predictions");
        for (Score score : scores) {
            predictions.addObject().put("label", score.label()).put("probability", score.probability());
        }
    }

    @Override
    public void addError(Path image, String message, PrintWriter out) {
        list.addObject().put("file", image.toString()).put("error", message);
    }

    @Override
    public void end(PrintWriter out) {
        try {
            out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}
