package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider of Chat Completions that sends exactly the bytes a test says, when it says so, and counts what it could
 * send. Every request is answered on a connection and a thread of its own.
 */
public final class ScriptedBytesProvider extends LoopbackServer {
    public static final String SSE_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    /** Small, so that what a provider could send is what the gateway took. */
    private static final int SEND_BUFFER = 8 << 10;

    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    private volatile Play play = talk -> talk.write(SSE_HEAD + hello());

    /** What is to be sent to one request. */
    public interface Play {
        void on(Talk talk) throws IOException;
    }

    public ScriptedBytesProvider() {
        super("raw-provider", 1024);
    }

    /** The configuration in which deployments of this provider lead here. */
    public String insteadOf(String provider, String config) {
        return config.replace(
                "providers: {}",
                "providers:\n  " + provider + ": { base-url: \"http://127.0.0.1:" + port() + "/v1\" }");
    }

    /** For all requests from now on; what was asked before is forgotten. */
    public ScriptedBytesProvider plays(Play next) {
        play = next;
        talks.clear();
        return this;
    }

    /** The requests that came, oldest first. */
    public List<Talk> talks() {
        return List.copyOf(talks);
    }

    public Talk awaitTalk() {
        GatewayTestCase.soon("the raw provider to be asked").until(() -> !talks.isEmpty());
        return talks.get(talks.size() - 1);
    }

    /** A chunk of text as an event. */
    public static String event(String text) {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    /** The opening chunk. */
    public static String role() {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    }

    public static String finish() {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }

    public static String usage(int input, int output) {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + input
                + ",\"completion_tokens\":" + output + ",\"total_tokens\":" + (input + output) + "}}\n\n";
    }

    public static String hello() {
        return event("Hello.") + finish() + "data: [DONE]\n\n";
    }

    @Override
    void serve(Socket socket) throws IOException {
        socket.setSendBufferSize(SEND_BUFFER);
        socket.setTcpNoDelay(true);
        Talk talk = Talk.read(socket);
        talks.add(talk);
        try {
            play.on(talk);
        } catch (IOException gone) {
            talk.broken = gone;
        } finally {
            talk.endedAt = System.nanoTime();
            talk.over.countDown();
        }
    }

    /** One request, and what became of its answer. */
    public static final class Talk implements Closeable {
        private final Socket socket;
        public final String head;
        /** The body's first bytes. */
        public final String begin;
        /** SHA-256 of the body, but for the value of its field {@code model}. */
        public final String digest;

        public final long length;
        public final CountDownLatch over = new CountDownLatch(1);
        private final AtomicLong sent = new AtomicLong();
        private volatile IOException broken;
        private volatile long endedAt;

        private Talk(Socket socket, String head, String begin, String digest, long length) {
            this.socket = socket;
            this.head = head;
            this.begin = begin;
            this.digest = digest;
            this.length = length;
        }

        static Talk read(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            long length = Long.parseLong(text.replaceAll("(?is).*\r\ncontent-length: *(\\d+)\r\n.*", "$1"));
            String begin = new String(in.readNBytes((int) Math.min(length, 256)), StandardCharsets.ISO_8859_1);
            MessageDigest digest = sha256();
            digest.update(
                    begin.replaceFirst("\"model\":\"[^\"]*\"", "\"model\":\"\"").getBytes(StandardCharsets.ISO_8859_1));
            byte[] buffer = new byte[64 << 10];
            for (long left = length - begin.length(); left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException();
                }
                digest.update(buffer, 0, count);
                left -= count;
            }
            return new Talk(socket, text, begin, HexFormat.of().formatHex(digest.digest()), length);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        public void write(byte[] bytes) throws IOException {
            for (int at = 0; at < bytes.length; at += 4096) {
                int count = Math.min(4096, bytes.length - at);
                socket.getOutputStream().write(bytes, at, count);
                sent.addAndGet(count);
            }
        }

        /** How many bytes of the answer the gateway has taken, but for a few KiB. */
        public long sent() {
            return sent.get();
        }

        /** Whether the gateway closes the connection soon, when it was sent nothing more. */
        public boolean awaitClosed() throws IOException {
            socket.setSoTimeout((int) GatewayTestCase.SOON.toMillis());
            try {
                return socket.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException open) {
                return false;
            } catch (java.net.SocketException reset) {
                return true;
            }
        }

        /** When there was no more to send, in {@link System#nanoTime()}. */
        public long endedAt() {
            return endedAt;
        }

        public boolean awaitOver() throws InterruptedException {
            return over.await(GatewayTestCase.SOON.toSeconds(), TimeUnit.SECONDS);
        }

        /** Whether the connection broke while the answer was being sent. */
        public boolean brokeOff() {
            return broken != null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** What is in these parts, each as a chunk of its own. */
    public static byte[] chunked(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((SSE_HEAD.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .getBytes(StandardCharsets.US_ASCII));
        List<byte[]> all = new ArrayList<>(parts);
        all.removeIf(part -> part.length == 0);
        for (byte[] part : all) {
            out.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(part);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
