package io.camelback.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.UnsupportedFeatureException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Derives from an exception what happened to a call. The innermost cause knows best, so it is asked first. */
final class ExceptionReader {
    private static final int DEEPEST = 20;

    private ExceptionReader() {}

    static Optional<ProviderException> read(Throwable thrown) {
        Deque<Throwable> innermostFirst = new ArrayDeque<>();
        boolean network = false;
        for (Throwable cause = thrown; cause != null && innermostFirst.size() < DEEPEST; cause = cause.getCause()) {
            if (cause instanceof ProviderException failure) {
                return Optional.of(failure);
            }
            network |= cause instanceof IOException;
            innermostFirst.push(cause);
        }
        for (Throwable cause : innermostFirst) {
            ProviderException failure = known(cause);
            if (failure != null) {
                return Optional.of(failure);
            }
        }
        return network ? Optional.of(transport("io_error")) : Optional.empty();
    }

    private static ProviderException known(Throwable cause) {
        if (cause instanceof UnsupportedFeatureException) {
            return new ProviderException(FailureKind.UNSUPPORTED, 0, "untranslatable", cause.getMessage(), null);
        }
        if (cause instanceof MalformedResponseException) {
            return new ProviderException(FailureKind.PROTOCOL, 0, "malformed_answer", cause.getMessage(), null);
        }
        if (cause instanceof SseEventTooLargeException) {
            return new ProviderException(FailureKind.PROTOCOL, 0, "event_too_large", cause.getMessage(), null);
        }
        if (cause instanceof MemoryShortageException) {
            return ProviderException.noMemory();
        }
        if (cause instanceof UnpackedTooLargeException) {
            return new ProviderException(FailureKind.PROTOCOL, 0, "answer_too_large", cause.getMessage(), null);
        }
        if (cause instanceof MessageConstraintException) {
            return new ProviderException(
                    FailureKind.PROTOCOL, 0, "headers_too_large", "a response head larger than allowed", null);
        }
        if (isGarbage(cause)) {
            return new ProviderException(FailureKind.PROTOCOL, 0, "malformed_response", "malformed response", null);
        }
        if (cause instanceof InterruptedIOException || cause instanceof HttpTimeoutException) {
            return timeout(cause);
        }
        if (isUntrusted(cause)) {
            return new ProviderException(FailureKind.TRANSPORT, 0, "tls_untrusted", "tls_untrusted", null);
        }
        return cause instanceof IOException ? connection(cause) : null;
    }

    private static boolean isGarbage(Throwable cause) {
        return cause instanceof MalformedChunkCodingException && !(cause instanceof TruncatedChunkException)
                || cause instanceof ClientProtocolException
                || cause instanceof JsonProcessingException
                || cause instanceof ZipException
                || cause instanceof CharacterCodingException;
    }

    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof SSLPeerUnverifiedException
                || cause instanceof CertificateException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    private static ProviderException timeout(Throwable cause) {
        boolean connecting = cause instanceof ConnectTimeoutException
                || cause instanceof HttpConnectTimeoutException
                || text(cause).startsWith("connect");
        String code =
                connecting ? "connect_timeout" : cause instanceof SocketTimeoutException ? "read_timeout" : "timeout";
        return timedOut(code);
    }

    private static ProviderException timedOut(String code) {
        return new ProviderException(FailureKind.TIMEOUT, 0, code, code.replace('_', ' '), null);
    }

    /** Codes matter to {@code RetryPolicy}: a reset may be tried again, a refusal goes to the next link. */
    private static ProviderException connection(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return transport("unknown_host");
        }
        if (cause instanceof NoRouteToHostException) {
            return transport("no_route");
        }
        if (cause instanceof ConnectException) {
            return text(cause).contains("timed out") ? timedOut("connect_timeout") : transport("connection_refused");
        }
        if (cause instanceof NoHttpResponseException) {
            return transport("connection_reset");
        }
        if (cause instanceof SocketException) {
            String text = text(cause);
            return transport(
                    text.contains("reset") || text.contains("broken pipe") || text.contains("abort")
                            ? "connection_reset"
                            : "connection_closed");
        }
        if (cause instanceof ConnectionClosedException
                || cause instanceof TruncatedChunkException
                || cause instanceof EOFException
                || cause instanceof ClosedChannelException) {
            return transport("connection_closed");
        }
        return cause instanceof SSLException ? transport("tls_failed") : null;
    }

    private static ProviderException transport(String code) {
        return new ProviderException(FailureKind.TRANSPORT, 0, code, code.replace('_', ' '), null);
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    }
}
