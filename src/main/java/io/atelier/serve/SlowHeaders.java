package io.atelier.serve;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections on which the headers of a request arrive too slowly.
 *
 * <p>Jetty's idle time-out begins anew with every byte: a client that sends one now and then would hold its connection for
 * ever. Of a connection with TLS, bytes are counted outside, so that those of a handshake are, and requests within.
 */
final class SlowHeaders implements AutoCloseable {
    private final ServerConnector connector;
    private final Duration timeout;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "atelier-slow-headers");
        thread.setDaemon(true);
        return thread;
    });
    private Map<Connection, Seen> connections = new IdentityHashMap<>();

    /** How far a connection was, and since when. */
    private record Seen(long messages, long bytes, long nanos) {}

    SlowHeaders(ServerConnector connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
        long interval = Math.max(1, timeout.toMillis() / 2);
        executor.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        Map<Connection, Seen> still = new IdentityHashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = endPoint.getConnection();
            Connection http = connection instanceof SslConnection tls
                    ? tls.getSslEndPoint().getConnection()
                    : connection;
            if (http == null || http.getMessagesIn() != http.getMessagesOut()) {
                continue; // a request is being answered, whose body has a time-out of its own
            }
            Seen now = new Seen(http.getMessagesIn(), connection.getBytesIn(), System.nanoTime());
            Seen since = connections.getOrDefault(connection, now);
            if (since.messages() != now.messages() || since.bytes() == now.bytes()) {
                since = now;
            }
            if (now.nanos() - since.nanos() > timeout.toNanos()) {
                endPoint.close();
            } else {
                still.put(connection, since);
            }
        }
        connections = still;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
