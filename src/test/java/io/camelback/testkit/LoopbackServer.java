package io.camelback.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of bytes, with a thread for each connection. It listens from the moment its port is asked for until it is
 * closed, or the tests of a class that registers it are over.
 */
abstract class LoopbackServer implements Closeable, AfterAllCallback {
    private final String name;
    private final int backlog;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket server;

    /**
     * @param name of its threads
     * @param backlog how many connections may wait to be accepted
     */
    LoopbackServer(String name, int backlog) {
        this.name = name;
        this.backlog = backlog;
    }

    /** Reads from a connection and writes to it, until it is over; the connection is closed then. */
    abstract void serve(Socket socket) throws IOException;

    final synchronized int port() {
        if (server == null) {
            try {
                ServerSocket socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
                server = socket;
                start(() -> accept(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server.getLocalPort();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> run(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void run(Socket socket) {
        try (socket) {
            serve(socket);
        } catch (IOException | UncheckedIOException e) {
            // The gateway left, or connected without asking: that is its right.
        } finally {
            open.remove(socket);
        }
    }

    /** How many connections nobody has ended yet. */
    public final int openConnections() {
        return open.size();
    }

    @Override
    public final void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public final synchronized void close() throws IOException {
        if (server != null) {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
            server = null;
        }
    }
}
