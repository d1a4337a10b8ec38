package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A provider that answers with exactly the bytes it is told, one connection for each request: nothing stands between a
 * test and the wire.
 */
public final class FixedBytesProvider extends LoopbackServer {
    /** What becomes of the connection once the bytes are out. */
    public enum End {
        FIN,
        RESET,
        OPEN
    }

    /** @param bytes the whole HTTP response, head and all, or as much of it as there is */
    public record Reply(byte[] bytes, End end) {
        /** A head without a length: the body ends with the connection, however much of it came. */
        public static Reply stream(byte[] body, End end) {
            return of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n", body, end);
        }

        public static Reply json(int status, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return of(
                    "HTTP/1.1 " + status
                            + " Told\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                            + bytes.length + "\r\n\r\n",
                    bytes,
                    End.FIN);
        }

        public static Reply of(String head, byte[] body, End end) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(body);
            return new Reply(all.toByteArray(), end);
        }
    }

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<String, Reply> replies = request -> Reply.json(500, "{}");
    private volatile long written;

    public FixedBytesProvider() {
        super("raw-provider", 200);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What the next requests are answered with. @param replies by the request, head and body */
    public void answer(Function<String, Reply> by) {
        replies = by;
    }

    public void answer(Reply reply) {
        answer(request -> reply);
    }

    public int accepted() {
        return accepted.get();
    }

    public int asked() {
        return asked.get();
    }

    /** How many bytes of the last reply could be written. */
    public long written() {
        return written;
    }

    @Override
    void serve(Socket socket) throws IOException {
        accepted.incrementAndGet();
        String request = read(socket.getInputStream());
        if (request.isEmpty()) {
            return;
        }
        asked.incrementAndGet();
        Reply reply = replies.apply(request);
        write(socket, reply.bytes());
        if (reply.end() == End.RESET) {
            socket.setSoLinger(true, 0);
        } else if (reply.end() == End.OPEN) {
            awaitLeft(socket.getInputStream());
        }
    }

    private void write(Socket socket, byte[] bytes) throws IOException {
        written = 0;
        for (int at = 0; at < bytes.length; at += 8192) {
            int count = Math.min(8192, bytes.length - at);
            socket.getOutputStream().write(bytes, at, count);
            written += count;
        }
        socket.getOutputStream().flush();
    }

    private static void awaitLeft(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // What is sent is of no interest, only that it ends.
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length:");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 15, head.indexOf("\r\n", at)).trim());
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
