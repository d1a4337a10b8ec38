package io.camelback.camel;

import io.camelback.http.UpstreamExec;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.util.TimeValue;

/** How the Kamelets' {@code camel-http} calls behave: no redirects, no retries and no decompression but our own. */
final class UpstreamClient implements HttpClientConfigurer {
    /** Shorter than any provider's keep-alive, so that a pooled connection is seldom found dead. */
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(50);

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries().disableRedirectHandling().disableContentCompression().disableCookieManagement()
                .disableAuthCaching().setUserAgent("camelback")
                .setKeepAliveStrategy((response, context) -> KEEP_ALIVE)
                .addExecInterceptorFirst("camelback-upstream", new UpstreamExec());
    }
}
