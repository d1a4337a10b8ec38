package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A caller who can leave at any moment, politely or not. */
public final class AbortingHttpClient implements Closeable {
    private final Socket socket;

    private AbortingHttpClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects and sends a whole request. @param headers names and values in turn */
    public static AbortingHttpClient ask(RunningGateway gateway, String model, boolean stream, String... headers)
            throws IOException {
        Socket socket = new Socket("127.0.0.1", gateway.standalone.port());
        socket.setSoTimeout((int) GatewayTestCase.SOON.toMillis());
        byte[] body = RunningGateway.chat(model, stream).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            more.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        request.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + more + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        socket.getOutputStream().write(request.toByteArray());
        return new AbortingHttpClient(socket);
    }

    /** Reads until this text has come. @return all that was read */
    public String readTo(String text) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).contains(text)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException(
                        "The gateway ended the connection after: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Reads until this text has come so many times. */
    public void readTimes(String text, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            readTo(text);
        }
    }

    /** Leaves by RST, as a caller does whose program was killed. */
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
