package io.atelier.keras.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.keras.InvalidModelException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON that Python's {@code json.dumps} writes: NaN and Infinity included. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        // A config may hold whole vocabularies; its size was checked before.
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNestingDepth(500)
                        .build());
    }

    private Json() {}

    /**
     * Reads an object.
     *
     * @param source named in exceptions
     * @param place where in the source the text stands
     */
    static Map<String, @Nullable Object> object(String source, String place, String text) {
        try {
            Map<String, @Nullable Object> object = MAPPER.readValue(text, new TypeReference<>() {});
            if (object == null) {
                throw new InvalidModelException(source, place + ": expected a JSON object; received null");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(
                    source,
                    place + " is no JSON object: it breaks off or is damaged at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr()
                            + ". Save the model again",
                    e);
        }
    }
}
