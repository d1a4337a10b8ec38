package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A client on one connection that sends requests written by hand, sees the bytes of the answer and how the connection
 * ends, and can leave at any moment, in order or not.
 */
public final class RawHttpClient implements Closeable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private final Socket socket;

    private RawHttpClient(Socket socket) {
        this.socket = socket;
    }

    public static RawHttpClient connect(int port) throws IOException {
        return connect(port, TIMEOUT, 0);
    }

    /**
     * @param timeout how long a read waits for the next byte
     * @param receiveBuffer bytes that the socket takes before anybody reads; 0 leaves it to the system
     */
    public static RawHttpClient connect(int port, Duration timeout, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) timeout.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawHttpClient(socket);
    }

    /** Connects to a gateway and sends it a chat request. @param headers names and values in turn */
    public static RawHttpClient chat(RunningGateway gateway, String model, boolean stream, String... headers)
            throws IOException {
        return connect(gateway.standalone.port(), GatewayTestCase.SOON, 0)
                .post("/v1/chat/completions", RunningGateway.chat(model, stream), headers);
    }

    /** Sends exactly this on a connection of its own, which must end with the answer. */
    public static RawHttpResponse send(int port, String request) throws IOException {
        try (RawHttpClient client = connect(port)) {
            return RawHttpResponse.of(client.write(request).readToEnd());
        }
    }

    /** POSTs JSON on a connection of its own. @param headers lines that are sent as they are */
    public static RawHttpResponse post(int port, String target, List<String> headers, String json) throws IOException {
        StringBuilder lines = new StringBuilder("Connection: close\r\n");
        headers.forEach(line -> lines.append(line).append("\r\n"));
        return send(port, head(target, lines.toString(), json) + json);
    }

    private static String head(String target, String headers, String json) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
    }

    /** Sends a POST of JSON. @param headers names and values in turn */
    public RawHttpClient post(String target, String json, String... headers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return write(head(target, lines.toString(), json) + json);
    }

    public RawHttpClient write(String text) throws IOException {
        out().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** How long a read waits for the next byte from now on. */
    public void timeout(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
    }

    /** GETs a path. @return head and body of the answer, after which the connection goes on */
    public String get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends exactly this. @return head and body of the answer, after which the connection goes on */
    public String exchange(String request) throws IOException {
        return write(request).readAnswer();
    }

    /** Head and body of the next answer, after which the connection goes on. */
    public String readAnswer() throws IOException {
        String head = readTo("\r\n\r\n");
        if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            return head + readTo("0\r\n\r\n");
        }
        String length = head.toLowerCase(Locale.ROOT).replaceFirst("(?s).*content-length: *(\\d+).*", "$1");
        return head + new String(in().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    /** All bytes up to and with this text; fails when the connection ends before. */
    public String readTo(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in().read();
            if (next < 0) {
                throw new IOException("The connection ended after: " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Reads until this text has come so many times. */
    public void readTimes(String text, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            readTo(text);
        }
    }

    /** All bytes up to the orderly end of the connection. @throws IOException when it breaks */
    public String readToEnd() throws IOException {
        return new String(in().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** All bytes up to the break of the connection; fails when it ends in order. */
    public String readToReset() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = in().read(); next >= 0; next = in().read()) {
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Still open after " + bytes.toString(StandardCharsets.UTF_8), e);
        } catch (SocketException reset) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
        throw new AssertionError("An orderly end after " + bytes.toString(StandardCharsets.UTF_8));
    }

    /** Whether the server closes the connection soon, without another word. */
    public boolean awaitClosed() throws IOException {
        timeout(GatewayTestCase.SOON);
        try {
            return in().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Leaves by RST, as a client does whose program was killed. */
    public void breakOff() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Leaves by FIN. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
