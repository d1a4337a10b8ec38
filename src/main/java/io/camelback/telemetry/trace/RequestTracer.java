package io.camelback.telemetry.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry tracing: a span for each request and one for each attempt, with the attributes of its conventions for
 * generative AI (docs/wire-formats.md 8). A caller's trace goes on here, and goes on to providers. Prompts and answers
 * are never in one.
 */
public final class RequestTracer implements AutoCloseable {
    /** Nothing is traced. */
    public static final RequestTracer OFF = new RequestTracer(null);

    private static final TextMapGetter<Map<String, String>> HEADERS = Map::get;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param provider where the spans go; closed with this. Null for nowhere */
    public RequestTracer(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("io.camelback");
    }

    /**
     * A request begins.
     *
     * @param traceparent the caller's header of this name; null when it sent none
     * @param tracestate the same
     * @param operation {@code chat} or {@code embeddings}
     * @param target the chain or deployment that was asked
     */
    public RequestTrace begin(String traceparent, String tracestate, String operation, String target) {
        if (tracer == null) {
            return RequestTrace.NONE;
        }
        Map<String, String> headers = new HashMap<>();
        if (traceparent != null) {
            headers.put("traceparent", traceparent);
        }
        if (tracestate != null) {
            headers.put("tracestate", tracestate);
        }
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        Span span = tracer.spanBuilder(operation + " " + target)
                .setSpanKind(SpanKind.SERVER)
                .setParent(caller)
                .startSpan();
        return new RequestTrace(tracer, span, caller.with(span));
    }

    /** Sends what is finished, for no longer than two seconds. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(2, TimeUnit.SECONDS);
        }
    }
}
