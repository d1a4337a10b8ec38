package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A provider that answers with exactly the bytes it is told, one connection for each request: nothing stands between a
 * test and the wire.
 */
public final class FixedBytesProvider implements Closeable {
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

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-provider");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<String, Reply> replies = request -> Reply.json(500, "{}");
    private volatile long written;

    private FixedBytesProvider(ServerSocket server) {
        this.server = server;
    }

    public static FixedBytesProvider start() {
        try {
            FixedBytesProvider provider =
                    new FixedBytesProvider(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            provider.threads.execute(provider::accept);
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
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

    /** How many connections nobody has ended yet. */
    public int openConnections() {
        return open.size();
    }

    /** How many bytes of the last reply could be written. */
    public long written() {
        return written;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
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
        } catch (IOException e) {
            // The gateway left: that is its right.
        } finally {
            open.remove(socket);
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

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
