package io.camelback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client's connection on which one request follows another, and which sees when the server closes it. */
public final class PersistentConnection implements Closeable {
    private final Socket socket;

    private PersistentConnection(Socket socket) {
        this.socket = socket;
    }

    public static PersistentConnection open(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) GatewayTestCase.SOON.toMillis());
        return new PersistentConnection(socket);
    }

    /** GETs a path. @return head and body of the answer */
    public String ask(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends exactly this. @return the answer */
    public String send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String head = readTo("\r\n\r\n");
        if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            return head + readTo("0\r\n\r\n");
        }
        String length = head.toLowerCase(Locale.ROOT).replaceFirst("(?s).*content-length: *(\\d+).*", "$1");
        return head + new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    private String readTo(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server closes it soon, without another word. */
    public boolean awaitClosed() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
