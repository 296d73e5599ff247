package io.atelier.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a Java program did in a process of its own.
 *
 * @param exitCode the exit status
 * @param output standard output and standard error
 */
record ChildJvm(int exitCode, String output) {
    static ChildJvm run(List<String> options, String classPath, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("the program does not end; it said " + output);
            }
            return new ChildJvm(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
