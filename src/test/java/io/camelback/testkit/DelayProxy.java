package io.camelback.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A database server behind a slow line, on loopback: each answer arrives so much later; answers do not wait for each
 * other.
 */
public final class DelayProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;
    private volatile boolean cut;

    private record Piece(long due, byte[] bytes) {}

    public DelayProxy(int target, long delayMillis) throws IOException {
        this.target = target;
        this.delayNanos = delayMillis * 1_000_000;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on connections break, and new ones are refused; or no longer. */
    public void cut(boolean now) {
        cut = now;
        if (now) {
            sockets.forEach(DelayProxy::close);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (cut) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server));
                BlockingQueue<Piece> late = new LinkedBlockingQueue<>();
                start(() -> read(server, late));
                start(() -> write(client, late));
            } catch (IOException e) {
                // The next one may come through; when the proxy is closed there is none.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Told to the other side by closing it.
        }
        close(to);
    }

    private void read(Socket server, BlockingQueue<Piece> late) {
        byte[] buffer = new byte[64 << 10];
        try {
            InputStream in = server.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                late.add(new Piece(System.nanoTime() + delayNanos, java.util.Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // Told to the other side by an empty piece.
        }
        late.add(new Piece(System.nanoTime(), new byte[0]));
    }

    private void write(Socket client, BlockingQueue<Piece> late) {
        try {
            OutputStream out = client.getOutputStream();
            for (Piece piece = late.take(); piece.bytes().length > 0; piece = late.take()) {
                for (long left = piece.due() - System.nanoTime(); left > 0; left = piece.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.bytes());
            }
        } catch (IOException e) {
            // The client has left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(client);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "delay-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        sockets.forEach(DelayProxy::close);
    }
}
