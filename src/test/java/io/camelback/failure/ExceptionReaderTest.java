package io.camelback.failure;

import static io.camelback.failure.FailureKind.PROTOCOL;
import static io.camelback.failure.FailureKind.TIMEOUT;
import static io.camelback.failure.FailureKind.TRANSPORT;
import static io.camelback.failure.FailureKind.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.UnsupportedFeatureException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionReaderTest {

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(
                        new ConnectException("Connection refused"),
                        TRANSPORT,
                        "connection_refused",
                        "connection refused"),
                arguments(
                        new HttpHostConnectException("Connect to http://127.0.0.1:1 failed: Connection refused"),
                        TRANSPORT,
                        "connection_refused",
                        "connection refused"),
                arguments(new ConnectException("Connection timed out"), TIMEOUT, "connect_timeout", "connect timeout"),
                arguments(
                        new ConnectTimeoutException("Connect to http://h failed"),
                        TIMEOUT,
                        "connect_timeout",
                        "connect timeout"),
                arguments(
                        new HttpConnectTimeoutException("HTTP connect timed out"),
                        TIMEOUT,
                        "connect_timeout",
                        "connect timeout"),
                arguments(
                        new SocketTimeoutException("Connect timed out"), TIMEOUT, "connect_timeout", "connect timeout"),
                arguments(new SocketTimeoutException("Read timed out"), TIMEOUT, "read_timeout", "read timeout"),
                arguments(new HttpTimeoutException("request timed out"), TIMEOUT, "timeout", "timeout"),
                arguments(new InterruptedIOException(), TIMEOUT, "timeout", "timeout"),
                arguments(new UnknownHostException("api.example"), TRANSPORT, "unknown_host", "unknown host"),
                arguments(new NoRouteToHostException(), TRANSPORT, "no_route", "no route"),
                arguments(new SocketException("Connection reset"), TRANSPORT, "connection_reset", "connection reset"),
                arguments(
                        new SocketException("Connection reset by peer"),
                        TRANSPORT,
                        "connection_reset",
                        "connection reset"),
                arguments(new SocketException("Broken pipe"), TRANSPORT, "connection_reset", "connection reset"),
                arguments(new SocketException("Socket closed"), TRANSPORT, "connection_closed", "connection closed"),
                arguments(
                        new NoHttpResponseException("h:443 failed to respond"),
                        TRANSPORT,
                        "connection_reset",
                        "connection reset"),
                arguments(
                        new ConnectionClosedException("Premature end of body"),
                        TRANSPORT,
                        "connection_closed",
                        "connection closed"),
                arguments(
                        new TruncatedChunkException("Truncated chunk"),
                        TRANSPORT,
                        "connection_closed",
                        "connection closed"),
                arguments(new EOFException(), TRANSPORT, "connection_closed", "connection closed"),
                arguments(
                        caused(
                                new SSLHandshakeException("PKIX path building failed"),
                                new CertPathBuilderException("unable to find valid certification path")),
                        TRANSPORT,
                        "tls_untrusted",
                        "tls_untrusted"),
                arguments(
                        caused(new SSLHandshakeException("expired"), new CertificateExpiredException()),
                        TRANSPORT,
                        "tls_untrusted",
                        "tls_untrusted"),
                arguments(
                        new SSLPeerUnverifiedException("Certificate does not match"),
                        TRANSPORT,
                        "tls_untrusted",
                        "tls_untrusted"),
                arguments(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        TRANSPORT,
                        "tls_failed",
                        "tls failed"),
                arguments(
                        caused(new SSLException("Connection reset"), new SocketException("Connection reset")),
                        TRANSPORT,
                        "connection_reset",
                        "connection reset"),
                arguments(
                        new MalformedChunkCodingException("Bad chunk header"),
                        PROTOCOL,
                        "malformed_response",
                        "malformed response"),
                arguments(
                        new ClientProtocolException("Invalid header"),
                        PROTOCOL,
                        "malformed_response",
                        "malformed response"),
                arguments(new ZipException("Not in GZIP format"), PROTOCOL, "malformed_response", "malformed response"),
                arguments(
                        new JsonParseException(null, "Unexpected character"),
                        PROTOCOL,
                        "malformed_response",
                        "malformed response"),
                arguments(
                        new SseEventTooLargeException(10),
                        PROTOCOL,
                        "event_too_large",
                        "an event larger than 10 bytes"),
                arguments(new MalformedResponseException("no choices"), PROTOCOL, "malformed_answer", "no choices"),
                arguments(new UnsupportedFeatureException("audio input"), UNSUPPORTED, "untranslatable", "audio input"),
                arguments(new IOException("who knows"), TRANSPORT, "io_error", "io error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void tells_what_happened(Throwable thrown, FailureKind kind, String code, String detail) {
        ProviderException failure = FailureClassifier.ofException(thrown).orElseThrow();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).isEqualTo(detail);
        assertThat(failure.status()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exceptions")
    void looks_through_what_others_wrap_around_it(Throwable thrown, FailureKind kind, String code, String detail) {
        Throwable wrapped = new CompletionException(new IllegalStateException("route failed", thrown));
        assertThat(FailureClassifier.ofException(wrapped).orElseThrow().code()).isEqualTo(code);
    }

    @Test
    void a_failure_inside_is_that_failure() {
        ProviderException failure = ProviderException.of(FailureKind.OVERLOAD, "529");
        assertThat(FailureClassifier.ofException(new UncheckedIOException(new IOException(failure))))
                .containsSame(failure);
    }

    @Test
    void what_has_nothing_to_do_with_the_provider_is_left_alone() {
        assertThat(FailureClassifier.ofException(new NullPointerException())).isEmpty();
        assertThat(FailureClassifier.ofException(new IllegalStateException("bug", new ArithmeticException())))
                .isEmpty();
        assertThat(FailureClassifier.ofException(null)).isEmpty();
    }

    @Test
    void causes_that_go_in_a_circle_have_an_end() {
        RuntimeException outer = new RuntimeException("a");
        outer.initCause(new RuntimeException("b", outer));
        assertThat(FailureClassifier.ofException(outer)).isEmpty();
    }

    private static Throwable caused(Throwable thrown, Throwable cause) {
        return thrown.initCause(cause);
    }
}
