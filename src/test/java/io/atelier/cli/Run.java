package io.atelier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * What a command did, run in this process.
 *
 * @param exitCode the exit status
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {
    /** Runs {@code atelier} with these arguments. */
    static Run atelier(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Atelier.commandLine(
                        new Terminal(false, 80, Terminal.Colours.NONE), new PrintWriter(out), new PrintWriter(err))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** Standard output as JSON and nothing else. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + out, e);
        }
    }
}
