package io.atelier.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The process of one peer with one model.
 *
 * <p>{@code Worker PEER FOLDER THREADS} answers {@code predict BATCH WARM_UP SECONDS} and {@code train BATCH WARM_UP
 * SECONDS} until its input ends. {@code Worker PEER FOLDER THREADS cold} says when it has the first prediction, goes on
 * for some seconds and tells what memory it takes. Answers are lines that begin with {@code @}, all else is noise of
 * libraries.
 */
public final class Worker {
    private static final double COLD_SECONDS = 3;

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        try {
            ModelFolder folder = new ModelFolder(Path.of(arguments[1]));
            Peer peer = Peers.load(arguments[0], folder, Integer.parseInt(arguments[2]));
            if (arguments.length > 3) {
                startCold(folder, peer);
            } else {
                serve(folder, peer);
            }
        } catch (Exception | LinkageError e) {
            answer("refused " + e.toString().replaceAll("\\s+", " "));
            e.printStackTrace();
        }
        // Not all peers' threads are daemons.
        System.exit(0);
    }

    private static void startCold(ModelFolder folder, Peer peer) throws Exception {
        Batch one = folder.batch(1);
        float[] first = peer.probabilities(peer.prediction(one).call());
        answer(String.format(Locale.ROOT, "first %.4f", first[0]));
        long end = System.nanoTime() + (long) (COLD_SECONDS * 1e9);
        Callable<?> prediction = peer.prediction(folder.batch(32));
        while (System.nanoTime() < end) {
            prediction.call();
        }
        answer("{\"rss\": " + kibibytes("VmRSS") + ", \"peak\": " + kibibytes("VmHWM") + "}");
    }

    private static void serve(ModelFolder folder, Peer peer) throws Exception {
        Batch check = folder.batch(8);
        double difference =
                check.difference(peer.probabilities(peer.prediction(check).call()));
        answer(String.format(Locale.ROOT, "ready %.3e", difference));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] command = line.split(" ");
            try {
                Batch batch = folder.batch(Integer.parseInt(command[1]));
                Callable<?> call = command[0].equals("train") ? peer.trainingStep(batch) : peer.prediction(batch);
                answer(Measurement.of(call, Double.parseDouble(command[2]), Double.parseDouble(command[3])));
            } catch (Exception | LinkageError e) {
                answer("refused " + e.toString().replaceAll("\\s+", " "));
                e.printStackTrace();
            }
        }
    }

    private static void answer(String text) {
        System.out.println("@" + text);
        System.out.flush();
    }

    private static long kibibytes(String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(key + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
