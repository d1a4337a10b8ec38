package io.camelback.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes connections, and tells the call that waits for one where it stands. A host's addresses are tried in turn, and all of
 * them share the connect timer, so that a second one has its chance when the first is dead (FAILURES.md C04).
 */
final class Dialer extends DefaultHttpClientConnectionOperator {
    /** The attribute of an exchange's context that holds its {@link UpstreamCall}. */
    static final String CALL = "camelback-call";

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private final Names names;
    private final Found found;

    /** The addresses that this thread has just found: connecting, too, is done on the caller's thread. */
    private static final class Found extends SystemDefaultDnsResolver {
        private final ThreadLocal<InetAddress[]> addresses = new ThreadLocal<>();

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.get();
        }
    }

    Dialer(SchemePortResolver ports, TlsSocketStrategy tls, Names names) {
        this(ports, tls, names, new Found());
    }

    private Dialer(SchemePortResolver ports, TlsSocketStrategy tls, Names names, Found found) {
        super(ports, found, RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
        this.names = names;
        this.found = found;
    }

    @Override
    public void connect(ManagedHttpClientConnection connection, HttpHost host, NamedEndpoint name, InetSocketAddress local,
            Timeout timeout, SocketConfig config, Object attachment, HttpContext context) throws IOException {
        UpstreamCall call = call(context);
        if (call != null) {
            call.connecting();
        }
        Duration limit = timeout == null || timeout.isDisabled() ? Connections.CONNECT : timeout.toDuration();
        found.addresses.set(names.resolve(host.getHostName(), limit, call == null ? NEVER : call.whenAborted()));
        try {
            int addresses = found.addresses.get().length;
            Timeout each = Timeout.ofMilliseconds(Math.max(1, limit.toMillis() / Math.max(1, addresses)));
            super.connect(connection, host, name, local, each, config, attachment, context);
        } finally {
            found.addresses.remove();
        }
        if (call != null) {
            call.connected();
        }
    }

    @Override
    protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
        UpstreamCall call = call(context);
        if (call != null) {
            call.handshaking();
        }
    }

    private static UpstreamCall call(HttpContext context) {
        return context != null && context.getAttribute(CALL) instanceof UpstreamCall call ? call : null;
    }
}
