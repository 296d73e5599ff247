package io.atelier.serve.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection, with one request under way. */
final class Connection {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nConnection: *close");

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer received = ByteBuffer.allocate(64 << 10);
    private long started;

    /** Opens a connection and waits until it is. */
    Connection(InetSocketAddress address, byte[] request) throws IOException {
        this.channel = SocketChannel.open(address);
        this.request = ByteBuffer.wrap(request);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_WRITE, this);
    }

    /** Sends the request, once more. */
    void send(SelectionKey key) throws IOException {
        started = System.nanoTime();
        request.rewind();
        received.clear();
        write(key);
    }

    private void write(SelectionKey key) throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
    }

    /** Writes and reads what can be; the answer, if it is there whole. */
    @Nullable
    Answer proceed(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            if (request.position() == 0) {
                started = System.nanoTime();
            }
            write(key);
        }
        if (!key.isReadable()) {
            return null;
        }
        if (channel.read(received) < 0) {
            throw new EOFException();
        }
        String text = new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        String head = text.substring(0, end);
        Matcher length = LENGTH.matcher(head);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        if (text.length() < end + 4 + body) {
            return null;
        }
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                text.substring(end + 4),
                CLOSE.matcher(head).find(),
                System.nanoTime() - started);
    }

    /** Whether the server has the request, or a part of it, and has not answered. */
    boolean isWaiting() {
        return request.position() > 0;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
