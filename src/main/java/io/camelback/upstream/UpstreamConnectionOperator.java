package io.camelback.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens connections and tells the waiting call which phase it is in. A host's addresses are tried in turn, and all of
 * them share the connect timer, so that a second one has its chance when the first is dead (docs/failures.md C04).
 *
 * <p>It holds the client's own operator and does not extend it: HttpClient 5.6, which Camel 4.22 brings, calls another
 * {@code connect} than 5.5, and an extension would be passed by.
 */
final class UpstreamConnectionOperator implements HttpClientConnectionOperator {
    /** The attribute of an exchange's context that holds its {@link UpstreamCall}. */
    static final String CALL = "camelback-call";

    private final AsyncHostResolver names;
    private final ResolvedHost found;
    private final Sockets sockets;
    private final DefaultHttpClientConnectionOperator connector;

    /** The addresses that this thread has just found: connecting, too, is done on the caller's thread. */
    private static final class ResolvedHost extends SystemDefaultDnsResolver {
        private final ThreadLocal<InetAddress[]> addresses = new ThreadLocal<>();

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.get();
        }
    }

    /**
     * The socket that this thread connects. The client closes the connection of a call that is aborted, but a
     * connection that has no socket yet gets one all the same, which would be connected until the timer runs out.
     */
    private static final class Sockets implements DetachedSocketFactory {
        private final ThreadLocal<PendingConnection> dialled = new ThreadLocal<>();

        @Override
        public Socket create(Proxy socks) throws IOException {
            Socket socket = socks == null ? new Socket() : new Socket(socks);
            PendingConnection mine = dialled.get();
            if (mine != null) {
                mine.dial(socket);
            }
            return socket;
        }
    }

    /** What is being connected for a call, until it is. */
    private static final class PendingConnection {
        private final CompletableFuture<Void> aborted;
        private Socket socket;

        PendingConnection(CompletableFuture<Void> aborted) {
            this.aborted = aborted;
            aborted.thenRun(this::hangUp);
        }

        private void dial(Socket next) {
            synchronized (this) {
                socket = next;
            }
            if (aborted.isDone()) {
                hangUp();
            }
        }

        private synchronized void hangUp() {
            if (socket != null) {
                Closer.closeQuietly(socket);
            }
        }

        private synchronized void connected() {
            socket = null;
        }
    }

    UpstreamConnectionOperator(SchemePortResolver ports, TlsSocketStrategy tls, AsyncHostResolver names) {
        this(ports, tls, names, new ResolvedHost(), new Sockets());
    }

    private UpstreamConnectionOperator(
            SchemePortResolver ports,
            TlsSocketStrategy tls,
            AsyncHostResolver names,
            ResolvedHost found,
            Sockets sockets) {
        this.names = names;
        this.found = found;
        this.sockets = sockets;
        this.connector =
                new DefaultHttpClientConnectionOperator(
                        sockets,
                        ports,
                        found,
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register("https", tls)
                                .build()) {
                    @Override
                    protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
                        UpstreamCall call = call(context);
                        if (call != null) {
                            call.handshaking();
                        }
                    }
                };
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        connect(
                connection,
                host,
                null,
                local,
                timeout == null ? null : Timeout.of(timeout.getDuration(), timeout.getTimeUnit()),
                config,
                null,
                context);
    }

    /** What HttpClient 5.6 calls. @param socket always null: no provider is reached by a Unix domain socket */
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Path socket,
            InetSocketAddress local,
            Timeout timeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        connect(connection, host, name, local, timeout, config, attachment, context);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            InetSocketAddress local,
            Timeout timeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        UpstreamCall call = call(context);
        if (call != null) {
            call.connecting();
        }
        Duration limit =
                timeout == null || timeout.isDisabled() ? UpstreamConnectionPool.CONNECT : timeout.toDuration();
        CompletableFuture<Void> aborted = call == null ? new CompletableFuture<>() : call.whenAborted();
        found.addresses.set(names.resolve(host.getHostName(), limit, aborted));
        PendingConnection dialled = new PendingConnection(aborted);
        sockets.dialled.set(dialled);
        try {
            int addresses = found.addresses.get().length;
            Timeout each = Timeout.ofMilliseconds(Math.max(1, limit.toMillis() / Math.max(1, addresses)));
            connector.connect(connection, host, name, local, each, config, attachment, context);
        } finally {
            dialled.connected();
            sockets.dialled.remove();
            found.addresses.remove();
        }
        if (call != null) {
            call.connected();
        }
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        connector.upgrade(connection, host, context);
    }

    @Override
    public void upgrade(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Object attachment,
            HttpContext context)
            throws IOException {
        connector.upgrade(connection, host, name, attachment, context);
    }

    private static UpstreamCall call(HttpContext context) {
        return context != null && context.getAttribute(CALL) instanceof UpstreamCall call ? call : null;
    }
}
