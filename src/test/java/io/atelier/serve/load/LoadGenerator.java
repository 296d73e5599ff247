package io.atelier.serve.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sends one request again and again over a number of connections, each as soon as the answer to the one before is there,
 * and looks at every answer. One thread for all connections: it takes little of the machine that the server needs.
 */
public final class LoadGenerator {
    private final InetSocketAddress address;
    private final byte[] request;
    private final String expected;
    private final List<Long> latencies = new ArrayList<>();
    private volatile long answered;
    private long refused;
    private long wrong;
    private long lost;
    private long reconnected;

    /**
     * A generator for one request.
     *
     * @param request of HTTP/1.1, head and body
     * @param expected what the body of every answer with status 200 must contain
     */
    public LoadGenerator(InetSocketAddress address, byte[] request, String expected) {
        this.address = address;
        this.request = request.clone();
        this.expected = expected;
    }

    /**
     * What came of the load.
     *
     * @param seconds that it took
     * @param answered with 200 and what was expected
     * @param refused with another status
     * @param wrong answers: 200 and not what was expected
     * @param lost requests whose connection broke before the answer was there whole
     * @param reconnected connections that the server closed after an answer, as it may
     * @param p50 median latency of those answered, in microseconds
     * @param p99 of 99 in 100, in microseconds
     */
    public record Result(
            double seconds, long answered, long refused, long wrong, long lost, long reconnected, long p50, long p99) {
        public double perSecond() {
            return answered / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f requests/s, p50 %.2f ms, p99 %.2f ms (%d answered, %d refused, %d wrong, %d lost, %d reconnected)",
                    perSecond(),
                    p50 / 1e3,
                    p99 / 1e3,
                    answered,
                    refused,
                    wrong,
                    lost,
                    reconnected);
        }
    }

    /** Sends for a while; until nobody listens any more, if that comes first. */
    public Result run(int connections, Duration time) throws IOException {
        long start;
        try (Selector selector = Selector.open()) {
            int open = 0;
            for (int i = 0; i < connections; i++) {
                open += connect(selector);
            }
            start = System.nanoTime();
            long end = start + time.toNanos();
            while (open > 0) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    open += step(selector, key, System.nanoTime() >= end);
                }
                selector.selectedKeys().clear();
            }
        }
        return result((System.nanoTime() - start) / 1e9);
    }

    /** How many requests were answered as they should so far; may be asked by other threads. */
    public long answered() {
        return answered;
    }

    /** Opens a connection; 0 if nobody listens. */
    private int connect(Selector selector) {
        try {
            Connection connection = new Connection(address, request);
            connection.register(selector);
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Goes on with one connection; by how many there are then more. */
    private int step(Selector selector, SelectionKey key, boolean isLast) {
        Connection connection = (Connection) key.attachment();
        try {
            Answer answer = connection.proceed(key);
            if (answer == null) {
                return 0;
            }
            count(answer);
            if (isLast) {
                connection.close();
                return -1;
            }
            if (answer.closes()) {
                reconnected++;
                connection.close();
                return connect(selector) - 1;
            }
            connection.send(key);
            return 0;
        } catch (IOException e) {
            lost += connection.isWaiting() ? 1 : 0;
            connection.close();
            return isLast ? -1 : connect(selector) - 1;
        }
    }

    private void count(Answer answer) {
        if (answer.status() != 200) {
            refused++;
        } else if (!answer.body().contains(expected)) {
            wrong++;
        } else {
            latencies.add(answer.nanos());
            answered = latencies.size();
        }
    }

    private Result result(double seconds) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Result(
                seconds,
                sorted.length,
                refused,
                wrong,
                lost,
                reconnected,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99));
    }

    private static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1000;
    }
}
