package io.camelback.benchmark;

import io.camelback.testkit.RawHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider of Chat Completions for many streams at once, and the callers to go with it. A request whose prompt is
 * {@code slow} is streamed to for ever, a token every 50 ms or, for {@code flood}, as fast as it is taken; any other
 * gets one token at once.
 */
final class StreamingLoad implements AutoCloseable {
    static final Duration TICK = Duration.ofMillis(50);
    private static final int READ_BUFFER = 8 << 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final ServerSocket server;
    private final ExecutorService threads = perTask();

    private StreamingLoad(ServerSocket server) {
        this.server = server;
    }

    static StreamingLoad start() throws IOException {
        StreamingLoad provider = new StreamingLoad(new ServerSocket(0, 4096, InetAddress.getLoopbackAddress()));
        Thread acceptor = new Thread(provider::accept, "provider");
        acceptor.setDaemon(true);
        acceptor.start();
        return provider;
    }

    /** A virtual thread for each task; the soak and the benchmark need JDK 21. */
    static ExecutorService perTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JDK 21 or later is needed, and this is " + Runtime.version(), e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (true) {
                String request = request(socket.getInputStream());
                if (request == null) {
                    return;
                }
                answer(socket, request);
            }
        } catch (IOException gone) {
            // The gateway or the caller has left, as it should at the end.
            return;
        }
    }

    private static void answer(Socket socket, String request) throws IOException {
        socket.getOutputStream()
                .write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"));
        boolean flood = request.contains("\"flood\"");
        byte[] token = chunk(event(flood ? " and so on".repeat(90) : " token"));
        socket.getOutputStream().write(token);
        while (flood || request.contains("\"slow\"")) {
            if (!flood) {
                LockSupport.parkNanos(TICK.toNanos());
            }
            socket.getOutputStream().write(token);
        }
        socket.getOutputStream()
                .write(chunk("data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
        socket.getOutputStream().write(ascii("0\r\n\r\n"));
    }

    private static String event(String text) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\""
                + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static byte[] chunk(String text) {
        return ascii(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A request's body; null when there is none any more. */
    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Connects to a port and asks for a stream there. @param prompt {@code slow}, {@code flood} or any other */
    static RawHttpClient ask(int port, String prompt) throws IOException {
        return RawHttpClient.connect(port, LONGEST_WAIT, READ_BUFFER)
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"deepseek\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                                + prompt + "\"}]}");
    }

    /** Reads up to the first content. @throws IOException when the stream ends before, or is refused */
    static void firstToken(RawHttpClient client) throws IOException {
        byte[] buffer = new byte[2 << 10];
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("\"content\"") < 0) {
            int count = client.in().read(buffer);
            if (count < 0 || seen.length() > 64 << 10) {
                throw new IOException("No content in " + seen);
            }
            seen.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
