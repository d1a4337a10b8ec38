package io.camelback.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * The outermost handler of every call to a provider: retries, supports timers and aborts in every phase, sends only
 * known headers, and reads only the beginning of an error (docs/failures.md P14).
 */
public final class UpstreamExecHandler implements ExecChainHandler {
    private static final Set<String> ALLOWED = Set.of(
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "anthropic-version",
            "anthropic-beta",
            "content-type",
            "accept",
            "user-agent",
            "openai-organization",
            "openai-project",
            "http-referer",
            "x-title",
            "traceparent",
            "tracestate",
            "x-camelback-hop");

    private final ResponseLimits limits;

    public UpstreamExecHandler(ResponseLimits limits) {
        this.limits = limits;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!(scope.originalRequest.getEntity() instanceof UpstreamCallEntity entity)) {
            return chain.proceed(request, scope);
        }
        UpstreamCall call = entity.call();
        try {
            return execute(call, scope, chain);
        } catch (RuntimeException | Error fault) {
            // Nobody has the response, so nobody else would give the connection back. Camel's error handling sees no
            // Error.
            scope.execRuntime.discardEndpoint();
            throw fault instanceof RuntimeException exception ? exception : new IllegalStateException(fault);
        }
    }

    private ClassicHttpResponse execute(UpstreamCall call, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        while (true) {
            ClassicHttpRequest copy =
                    ClassicRequestBuilder.copy(scope.originalRequest).build();
            if (call.replacedBody() != null) {
                copy.setEntity(new UpstreamCallEntity(call.replacedBody(), call));
            }
            keepKnownHeaders(copy);
            call.headers().forEach(copy::setHeader);
            copy.setHeader("Accept-Encoding", "identity");
            scope.clientContext.setAttribute(UpstreamConnectionOperator.CALL, call);
            call.sending((Cancellable) scope.originalRequest);
            Duration wait;
            IOException failure = null;
            ClassicHttpResponse response = null;
            try {
                response = chain.proceed(copy, scope);
                call.answering();
                call.onResponseHeaders(HeaderRelay.of(response));
                if (response.getCode() == 200) {
                    return streamed(response, call, scope);
                }
                ClassicHttpResponse refusal = response;
                byte[] body = readError(refusal, scope);
                wait = call.afterAttempt(
                        new ResendPolicy.Outcome(refusal.getCode(), name -> header(refusal, name), body, null));
            } catch (IOException e) {
                if (call.resendsAfter(e)) {
                    scope.execRuntime.discardEndpoint();
                    continue;
                }
                failure = e;
                wait = call.afterAttempt(new ResendPolicy.Outcome(0, name -> null, null, e));
            } catch (HttpException e) {
                failure = new ClientProtocolException(e);
                wait = call.afterAttempt(new ResendPolicy.Outcome(0, name -> null, null, failure));
            } catch (IllegalStateException e) {
                // An abort between connecting and sending takes the connection away from under the client.
                if (call.aborted() == null) {
                    throw e;
                }
                failure = new ClientProtocolException(e);
                wait = call.afterAttempt(new ResendPolicy.Outcome(0, name -> null, null, failure));
            }
            if (wait == null || !pause(call, wait)) {
                call.close();
                if (failure != null) {
                    scope.execRuntime.discardEndpoint();
                    throw call.onGiveUp(failure);
                }
                return response;
            }
            scope.execRuntime.discardEndpoint();
        }
    }

    /** Waits before a request is sent again. @return whether the whole wait passed; false when the call was aborted */
    private static boolean pause(UpstreamCall call, Duration wait) {
        try {
            call.whenAborted().get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Request headers are an allow-list, whatever a route left on the message, and what the provider's configuration
     * adds.
     */
    private static void keepKnownHeaders(ClassicHttpRequest request) {
        for (Header header : request.getHeaders()) {
            String value = header.getValue();
            boolean known = ALLOWED.contains(header.getName().toLowerCase(Locale.ROOT));
            if (!known || value == null || value.isBlank() || value.trim().equals("Bearer")) {
                request.removeHeader(header);
            }
        }
    }

    private ClassicHttpResponse streamed(ClassicHttpResponse response, UpstreamCall call, ExecChain.Scope scope)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return response;
        }
        if (response.containsHeader("Transfer-Encoding") && response.containsHeader("Content-Length")) {
            // Who takes the one and who takes the other disagree about where the next response begins.
            throw new ClientProtocolException("a response with two lengths");
        }
        UpstreamBody body = new UpstreamBody(
                entity.getContent(), encoding(response), limits.unpacked(), call, scope.execRuntime::discardEndpoint);
        call.receiving(body);
        // Unpacked already: camel-http would do it again.
        response.removeHeaders("Content-Encoding");
        response.setEntity(new HttpEntityWrapper(entity) {
            @Override
            public InputStream getContent() {
                return body;
            }

            @Override
            public String getContentEncoding() {
                return null;
            }
        });
        return response;
    }

    private byte[] readError(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        byte[] body;
        boolean all;
        try (InputStream in = entity.getContent()) {
            body = ContentDecoder.of(encoding(response), in, limits.unpacked()).readNBytes(limits.errorBody());
            all = body.length < limits.errorBody();
            if (!all) {
                scope.execRuntime.discardEndpoint();
            }
        } catch (IOException e) {
            // The status says what went wrong; a body that breaks off adds nothing to it.
            scope.execRuntime.discardEndpoint();
            body = new byte[0];
        }
        ContentType type = ContentType.parseLenient(entity.getContentType());
        response.setEntity(new ByteArrayEntity(body, type));
        response.removeHeaders("Content-Length");
        response.removeHeaders("Content-Encoding");
        return body;
    }

    private static String encoding(ClassicHttpResponse response) {
        return header(response, "Content-Encoding");
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
