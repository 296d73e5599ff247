package io.atelier.serve.load;

import io.atelier.serve.AtelierServer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Loads a server for minutes and prints what it holds at the end of each: {@code ServerSoak MINUTES}. */
public final class ServerSoak {
    private static final Path MODEL = Path.of("fixtures/fashion-mnist/model.keras");

    private ServerSoak() {}

    /** Prints a row a minute; the exit status is 1 if an answer was wrong or lost. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        boolean isGood = true;
        out.println("| minute | requests | wrong or lost | heap, MB | resident, MB | threads |");
        out.println("|---|---|---|---|---|---|");
        try (AtelierServer server = AtelierServer.builder().model(MODEL).port(0).start()) {
            for (int minute = 1; minute <= Integer.parseInt(arguments[0]); minute++) {
                LoadGenerator.Result result = ServerLoad.generator(
                                URI.create(server.url()).resolve("classify"))
                        .run(64, Duration.ofMinutes(1));
                isGood &= result.wrong() + result.lost() == 0;
                System.gc();
                out.printf(
                        Locale.ROOT,
                        "| %d | %,d | %d | %d | %d | %d |%n",
                        minute,
                        result.answered(),
                        result.wrong() + result.lost(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                        residentMegabytes(),
                        ManagementFactory.getThreadMXBean().getThreadCount());
            }
        }
        System.exit(isGood ? 0 : 1);
    }

    /** As Linux counts them. */
    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .sum();
    }
}
