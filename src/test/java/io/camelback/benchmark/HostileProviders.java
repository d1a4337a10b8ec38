package io.camelback.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * Providers of Chat Completions of which each has its own way to fill a gateway's memory; the first part of the path
 * says which. Two are good and answer at once. None sends more than half a megabyte a second, but for the bomb: two
 * cores are shared with them.
 */
final class HostileProviders implements AutoCloseable {
    static final String GOOD = "Good.";
    /** A JSON text that {@code ^(a*)*\\1$} takes for ever to match. */
    static final String LETTERS = "\"" + "a".repeat(40) + "\"";

    private static final int PIECE = 64 << 10;
    /** Between two pieces of 64 KiB. */
    private static final long PAUSE = 250_000_000;
    /** Nothing is endless: what the gateway takes that long is more than it may. */
    private static final long MOST = 1L << 30;

    private static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: ";
    private static final String SSE = HEAD + "text/event-stream\r\n\r\n";
    private static final String TEXT = "0123456789abcdef".repeat(64);

    /** How a provider answers: with a beginning, and then with one thing over and over. */
    enum Kind {
        GOOD("", ""),
        LETTERS("", ""),
        ENDLESS_TEXT(SSE + delta("\"content\":\"a\""), delta("\"content\":\"" + TEXT + "\"")),
        ENDLESS_ARGUMENTS(
                SSE
                        + delta(
                                "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]"),
                delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + TEXT + "\"}}]")),
        ENDLESS_EVENT(SSE + "data: {\"x\":\"", TEXT),
        ENDLESS_ERROR(
                "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n{\"e\":\"",
                TEXT),
        ENDLESS_HEADERS("HTTP/1.1 200 OK\r\n", "X-Header: " + TEXT + "\r\n"),
        ENDLESS_COMMENTS(SSE, ": nothing\n\n"),
        GZIP_BOMB(HEAD + "text/event-stream\r\nContent-Encoding: gzip\r\n\r\n", null),
        TINY_EVENTS(SSE, delta("\"content\":\"a\"")),
        ENDLESS_LOGPROBS(
                SSE,
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":["
                        + "{\"token\":\"a\",\"logprob\":-1.5,\"bytes\":[97],\"top_logprobs\":[{\"token\":\"b\",\"logprob\":-2.5}]}]}}]}\n\n"),
        ENDLESS_JSON(HEAD + "application/json\r\n\r\n{\"id\":\"c\",\"choices\":[", "{},");

        /** Those that are not good. */
        static Kind hostile(int number) {
            return values()[2 + number % (values().length - 2)];
        }

        private final String begin;
        private final byte[] piece;

        Kind(String begin, String piece) {
            this.begin = begin;
            this.piece = piece == null
                    ? null
                    : piece.repeat(Math.max(1, PIECE / Math.max(1, piece.length())))
                            .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final ServerSocket server;
    private final byte[] bomb = bomb();

    private HostileProviders(ServerSocket server) {
        this.server = server;
    }

    static HostileProviders start() throws IOException {
        HostileProviders providers = new HostileProviders(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
        daemon(providers::accept);
        return providers;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hostile-provider");
        thread.setDaemon(true);
        thread.start();
    }

    String url(Kind kind) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + kind + "/v1";
    }

    private static String delta(String delta) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "}}]}\n\n";
    }

    /** 512 MiB of one event. */
    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("data: ".getBytes(StandardCharsets.US_ASCII));
            byte[] nothing = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(nothing);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Asked asked = Asked.read(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            if (asked.kind == Kind.GOOD || asked.kind == Kind.LETTERS) {
                String text = asked.kind == Kind.GOOD ? GOOD : LETTERS.replace("\"", "\\\"");
                out.write(good(text, asked.stream).getBytes(StandardCharsets.US_ASCII));
                return;
            }
            out.write(asked.kind.begin.getBytes(StandardCharsets.US_ASCII));
            byte[] piece = asked.kind.piece == null ? bomb : asked.kind.piece;
            for (long sent = 0; sent < MOST; sent += piece.length) {
                out.write(piece);
                LockSupport.parkNanos(PAUSE);
            }
        } catch (IOException gone) {
            // The gateway has had enough, which is what it should have.
            return;
        }
    }

    private static String good(String text, boolean stream) {
        if (stream) {
            return SSE + delta("\"content\":\"" + text + "\"")
                    + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        }
        return HEAD
                + "application/json\r\n\r\n{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private record Asked(Kind kind, boolean stream) {
        static Asked read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("no request");
                }
                head.append((char) next);
            }
            long length = Long.parseLong(head.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+)\r\n.*", "$1"));
            byte[] body = in.readNBytes((int) Math.min(length, 64 << 10));
            in.skipNBytes(length - body.length);
            Kind kind = Kind.valueOf(head.toString().split("/", 3)[1]);
            return new Asked(kind, new String(body, StandardCharsets.ISO_8859_1).contains("\"stream\":true"));
        }
    }
}
