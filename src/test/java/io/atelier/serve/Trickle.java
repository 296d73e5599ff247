package io.atelier.serve;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client that sends a byte every now and then. */
final class Trickle {
    private Trickle() {}

    /** What is answered to these bytes and one more every 20 milliseconds, until the server closes the connection. */
    static String answer(Socket socket, String bytes) throws IOException, InterruptedException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return ""; // reset, since bytes of ours were on their way
            }
        });
        while (!answer.isDone()) {
            try {
                socket.getOutputStream().write('x');
            } catch (IOException e) {
                break; // closed
            }
            Thread.sleep(20);
        }
        return answer.join();
    }
}
