package io.camelback.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connection pool for all providers. None grows older than five minutes, so that a provider that moves its traffic
 * by DNS is followed, and one that rested is looked at before it is used.
 */
public final class UpstreamConnectionPool implements AutoCloseable {
    /** How old a connection may become. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);
    /** How long one may rest: less than most providers allow, so that a dead one is seldom met. */
    public static final Duration MAX_IDLE = Duration.ofSeconds(50);
    /** How long a connection may take where nobody says. */
    static final Duration CONNECT = Duration.ofSeconds(3);

    /** The longest handshake; a call's own timer is shorter. Without it the connect timer would hold here, too. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(60);

    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration RESTED = Duration.ofSeconds(1);
    private static final int PER_HOST = 4096;
    private static final int ALL = 4 * PER_HOST;

    private final AsyncHostResolver names;
    private final PoolingHttpClientConnectionManager pool;
    private final IdleConnectionEvictor evictor;

    /**
     * @param tls whom to trust
     * @param verifier whether a certificate belongs to its host
     * @param limits how long the head of a response may be; the client has no limit of its own
     * @param nanoTime a clock that never goes back
     */
    public UpstreamConnectionPool(
            SSLContext tls,
            HostnameVerifier verifier,
            ResponseLimits limits,
            HostLookup lookup,
            LongSupplier nanoTime) {
        this.names = new AsyncHostResolver(lookup, nanoTime);
        PoolingHttpClientConnectionManagerBuilder builder = new PoolingHttpClientConnectionManagerBuilder() {
            @Override
            protected HttpClientConnectionOperator createConnectionOperator(
                    SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy strategy) {
                return new UpstreamConnectionOperator(ports, strategy, names);
            }
        };
        this.pool = builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(tls, verifier))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(limits.headers())
                                .setMaxLineLength(limits.header())
                                .build())
                        .build())
                .setMaxConnPerRoute(PER_HOST)
                .setMaxConnTotal(ALL)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT))
                        .setTimeToLive(TimeValue.of(MAX_AGE))
                        .setValidateAfterInactivity(TimeValue.of(RESTED))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(Timeout.of(HANDSHAKE))
                        .build())
                .build();
        this.evictor = new IdleConnectionEvictor(pool, TimeValue.of(SWEEP), TimeValue.of(MAX_IDLE));
        evictor.start();
    }

    public HttpClientConnectionManager pool() {
        return pool;
    }

    /** How many connections serve a call just now. */
    public int leased() {
        return pool.getTotalStats().getLeased();
    }

    @Override
    public void close() {
        evictor.shutdown();
        pool.close();
        names.close();
    }
}
