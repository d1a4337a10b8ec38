package io.camelback.camel.attempt;

import io.camelback.config.Deployment;
import io.camelback.failure.ProviderException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of a certificate that is not trusted: nobody else can do anything about it. */
final class TlsTrustWarning {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTrustWarning.class);

    private TlsTrustWarning() {}

    /** Nothing for any other failure. */
    static void warn(Deployment deployment, ProviderException failure) {
        if ("tls_untrusted".equals(failure.code())) {
            LOG.warn(
                    "tls_untrusted: the certificate of {} is expired, for another host, or from an authority that the JVM does"
                            + " not trust. Nothing was sent to {}.",
                    URI.create(deployment.provider().baseUrl()).getHost(),
                    deployment.name());
        }
    }
}
