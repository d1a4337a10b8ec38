package io.camelback.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP proxy on loopback that can delay what passes, stop it, or reset its connections. */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    private static final int CONNECT_MILLIS = 2_000;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private volatile int target;
    private volatile boolean refusing;
    private volatile int delayMillis;
    private boolean stalled;

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** @param target the port on loopback that connections are passed on to; 0 for none yet */
    static TcpProxy to(int target) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress()), target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    void target(int port) {
        target = port;
    }

    /** What passes from now on comes so many milliseconds late; 0 for at once. */
    void delay(int millis) {
        delayMillis = millis;
    }

    /** From now on nothing passes, and connections stay open. */
    void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections; from now on new ones as well, until {@link #heal()}. */
    void refuse() {
        refusing = true;
        cut();
    }

    /** Resets all connections. */
    void cut() {
        open.forEach(TcpProxy::reset);
    }

    /** From now on everything passes at once. */
    void heal() {
        refusing = false;
        delayMillis = 0;
        lock.lock();
        try {
            stalled = false;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                threads.execute(() -> connect(caller));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        if (refusing || target == 0) {
            reset(caller);
            return;
        }
        open.add(caller);
        Socket callee = new Socket();
        open.add(callee);
        try {
            caller.setTcpNoDelay(true);
            callee.setTcpNoDelay(true);
            callee.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
        } catch (IOException unreachable) {
            end(caller, callee, true);
            return;
        }
        try {
            threads.execute(() -> pump(caller, callee));
        } catch (RejectedExecutionException closed) {
            end(caller, callee, true);
            return;
        }
        pump(callee, caller);
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                pass();
                to.getOutputStream().write(buffer, 0, count);
            }
            pass();
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                end(from, to, false);
            }
        } catch (IOException broken) {
            end(from, to, true);
        } catch (InterruptedException closing) {
            end(from, to, true);
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as long as what passes now has to. */
    private void pass() throws InterruptedException {
        lock.lock();
        try {
            if (delayMillis > 0) {
                resumed.await(delayMillis, TimeUnit.MILLISECONDS);
            }
            while (stalled) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket one, Socket other, boolean broken) {
        for (Socket socket : new Socket[] {one, other}) {
            open.remove(socket);
            if (broken) {
                reset(socket);
            } else {
                close(socket);
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        close(socket);
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
        server.close();
        heal();
        cut();
        threads.shutdownNow();
    }
}
