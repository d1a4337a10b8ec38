package io.camelback.testkit;

import io.camelback.simulator.SimulatedProvider;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that shows the bytes, and how the connection ended. */
public final class RawSocketClient implements Closeable {
    private static final int TEN_SECONDS = 10_000;
    private final Socket socket;

    public RawSocketClient(SimulatedProvider provider) throws IOException {
        socket = new Socket("127.0.0.1", provider.port());
        socket.setSoTimeout(TEN_SECONDS);
    }

    public RawSocketClient post(String path, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    public RawSocketClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** All bytes up to and with this text; fails when the connection ends before. */
    public String readTo(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Ended after " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** All bytes up to the orderly end of the connection. @throws IOException when it breaks */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** All bytes up to the break of the connection; fails when it ends in order. */
    public String readToReset() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Still open after " + bytes.toString(StandardCharsets.UTF_8), e);
        } catch (SocketException reset) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
        throw new AssertionError("An orderly end after " + bytes.toString(StandardCharsets.UTF_8));
    }

    /** Leaves by RST. */
    public void breakOff() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
