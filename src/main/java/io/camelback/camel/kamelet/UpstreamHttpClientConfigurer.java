package io.camelback.camel.kamelet;

import io.camelback.config.LimitSettings;
import io.camelback.upstream.HostLookup;
import io.camelback.upstream.ResponseLimits;
import io.camelback.upstream.UpstreamConnectionPool;
import io.camelback.upstream.UpstreamExecHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;

/**
 * How the Kamelets' {@code camel-http} calls behave: connections from one pool, and no redirects, no retries and no
 * decompression but our own. TLS is the {@code https} component's ({@code camel.component.https.sslContextParameters}
 * in application.properties), or else the JVM's: its trust store, and nothing that is not in it.
 */
public final class UpstreamHttpClientConfigurer extends ServiceSupport implements HttpClientConfigurer {
    private static final TimeValue KEEP_ALIVE = TimeValue.of(UpstreamConnectionPool.MAX_IDLE);
    private static final TimeValue SAFETY = TimeValue.ofSeconds(1);

    private final CamelContext context;
    private final ResponseLimits limits;
    private final HostLookup lookup;
    private final LongSupplier nanoTime;
    private UpstreamConnectionPool connections;

    public UpstreamHttpClientConfigurer(
            CamelContext context, LimitSettings limits, HostLookup lookup, LongSupplier nanoTime) {
        this.context = context;
        this.limits = new ResponseLimits(
                limits.errorBody(), limits.unpacked(), limits.responseHeaders(), limits.responseHeader());
        this.lookup = lookup;
        this.nanoTime = nanoTime;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("camelback")
                .setKeepAliveStrategy((response, exchange) -> keepAlive(response))
                .setConnectionManager(connections().pool())
                .setConnectionManagerShared(true)
                .addExecInterceptorFirst("camelback-upstream", new UpstreamExecHandler(limits));
    }

    /** A provider that says how long it keeps an idle connection is taken at its word, with a second to spare. */
    private static TimeValue keepAlive(HttpResponse response) {
        for (var elements = MessageSupport.iterate(response, "Keep-Alive"); elements.hasNext(); ) {
            var element = elements.next();
            if ("timeout".equalsIgnoreCase(element.getName())
                    && String.valueOf(element.getValue()).matches("\\d{1,5}")) {
                long seconds = Long.parseLong(element.getValue()) - SAFETY.toSeconds();
                return TimeValue.ofMilliseconds(Math.max(1, Math.min(seconds * 1000, KEEP_ALIVE.toMilliseconds())));
            }
        }
        return KEEP_ALIVE;
    }

    /** Made when the first endpoint asks: the components have their settings then. */
    public synchronized UpstreamConnectionPool connections() {
        if (connections == null) {
            HttpComponent https = context.getComponent("https", HttpComponent.class);
            connections =
                    new UpstreamConnectionPool(tls(https), https.getX509HostnameVerifier(), limits, lookup, nanoTime);
        }
        return connections;
    }

    private SSLContext tls(HttpComponent https) {
        SSLContextParameters said = https.getSslContextParameters() == null && https.isUseGlobalSslContextParameters()
                ? context.getSSLContextParameters()
                : https.getSslContextParameters();
        try {
            return said == null ? SSLContexts.createSystemDefault() : said.createSSLContext(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The TLS settings of the https component cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    protected synchronized void doStop() {
        if (connections != null) {
            connections.close();
            connections = null;
        }
    }
}
