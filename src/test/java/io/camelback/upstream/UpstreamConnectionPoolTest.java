package io.camelback.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.camelback.failure.FailureClassifier;
import io.camelback.failure.ProviderException;
import io.camelback.testkit.TestCertificates;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamConnectionPoolTest {
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final Duration LONG = Duration.ofSeconds(20);

    /** A certificate, and whether its authority is trusted. */
    enum Bad {
        UNKNOWN_AUTHORITY,
        ANOTHER_HOST,
        EXPIRED;

        TestCertificates certificates() {
            return switch (this) {
                case UNKNOWN_AUTHORITY -> TestCertificates.good();
                case ANOTHER_HOST -> TestCertificates.forAnotherHost();
                case EXPIRED -> TestCertificates.expired();
            };
        }
    }

    private static int ask(UpstreamConnectionPool connections, HttpsServer server) throws IOException {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(connections.pool())
                .setConnectionManagerShared(true)
                .disableAutomaticRetries()
                .build()) {
            return client.execute(
                    new HttpGet("https://127.0.0.1:" + server.getAddress().getPort() + "/"),
                    response -> response.getCode());
        }
    }

    private static HttpsServer serve(TestCertificates certificates, AtomicInteger requests) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void C06_a_certificate_that_does_not_hold_is_sent_nothing(Bad bad) throws Exception {
        TestCertificates certificates = bad.certificates();
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = serve(certificates, requests);
        try (UpstreamConnectionPool connections = new UpstreamConnectionPool(
                bad == Bad.UNKNOWN_AUTHORITY ? SSLContexts.createSystemDefault() : certificates.trusting(),
                new DefaultHostnameVerifier(),
                ResponseLimits.USUAL,
                HostLookup.SYSTEM,
                System::nanoTime)) {
            Throwable refused = catchThrowable(() -> ask(connections, server));

            assertThat(FailureClassifier.ofException(refused))
                    .map(ProviderException::code)
                    .hasValue("tls_untrusted");
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void C06_one_that_holds_is_spoken_to() throws Exception {
        TestCertificates certificates = TestCertificates.good();
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = serve(certificates, requests);
        try (UpstreamConnectionPool connections = new UpstreamConnectionPool(
                certificates.trusting(),
                new DefaultHostnameVerifier(),
                ResponseLimits.USUAL,
                HostLookup.SYSTEM,
                System::nanoTime)) {
            assertThat(ask(connections, server)).isEqualTo(204);
            assertThat(requests).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void C03_a_silent_name_server_costs_no_more_than_the_timer_and_all_share_one_lookup() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        long[] now = {0};
        HostLookup silent = host -> {
            lookups.incrementAndGet();
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        try (AsyncHostResolver names = new AsyncHostResolver(silent, () -> now[0])) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> names.resolve("a.test", Duration.ofMillis(20), NEVER))
                        .isInstanceOf(ConnectTimeoutException.class);
            }
            assertThat(lookups).hasValue(1);
            now[0] = Duration.ofSeconds(6).toNanos();
            assertThatThrownBy(() -> names.resolve("a.test", Duration.ofMillis(20), NEVER))
                    .isInstanceOf(ConnectTimeoutException.class);
            assertThat(lookups).as("a lookup of long ago is not waited for").hasValue(2);
            silence.countDown();
        }
    }

    @Test
    void a_lookup_ends_with_the_call_that_wanted_it() {
        CountDownLatch silence = new CountDownLatch(1);
        try (AsyncHostResolver names = new AsyncHostResolver(
                host -> {
                    try {
                        silence.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                },
                System::nanoTime)) {
            assertThatThrownBy(() -> names.resolve("a.test", LONG, CompletableFuture.completedFuture(null)))
                    .isInstanceOf(InterruptedIOException.class);
            silence.countDown();
        }
    }
}
