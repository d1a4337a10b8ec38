package io.camelback.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Addresses at which nobody speaks HTTP, each in its own way, until it is closed or the tests of a class are over. */
public final class UnreachableEndpoints implements AutoCloseable, AfterAllCallback {
    private final List<Closeable> open = new ArrayList<>();

    /** Nobody listens there. */
    public static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections are made there, and nothing is ever said. */
    public int silentPort() {
        try {
            ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            open.add(socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel drops who wants to connect there: the queue of those who wait to be accepted is full. */
    public int droppingPort() {
        return dropping("127.0.0.1", 0);
    }

    public int dropping(String address, int port) {
        try {
            ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address));
            open.add(socket);
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                open.add(waiting);
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress(address, socket.getLocalPort()));
            }
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
        open.clear();
    }
}
