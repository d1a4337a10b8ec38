package io.camelback.telemetry.trace;

import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.telemetry.record.MetricTags;
import io.camelback.telemetry.record.OutcomeCode;
import io.camelback.telemetry.record.RequestRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;

/** The trace of one request: its own span, and one for each attempt. */
public final class RequestTrace {
    /** Of a request that is not traced. */
    public static final RequestTrace NONE = new RequestTrace(null, Span.getInvalid(), Context.root());

    private final Tracer tracer;
    private final Span span;
    private final Context context;

    RequestTrace(Tracer tracer, Span span, Context context) {
        this.tracer = tracer;
        this.span = span;
        this.context = context;
    }

    /** A deployment is asked, for the first time or again. */
    public Turn turn(Deployment deployment) {
        if (tracer == null) {
            return Turn.NONE;
        }
        String operation = MetricTags.operation(deployment);
        Span turn = tracer.spanBuilder(operation + " " + deployment.model())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(context)
                .setAttribute("gen_ai.operation.name", operation)
                .setAttribute("gen_ai.provider.name", MetricTags.provider(deployment))
                .setAttribute("gen_ai.request.model", deployment.model())
                .setAttribute("camelback.deployment", deployment.name())
                .startSpan();
        return new Turn(turn, context.with(turn));
    }

    /** The request is done. */
    public void done(RequestRecord entry) {
        if (tracer == null) {
            return;
        }
        for (AttemptResult attempt : entry.attempts()) {
            if (attempt.outcome() == AttemptResult.Outcome.SKIPPED) {
                span.addEvent(
                        "skipped",
                        Attributes.builder()
                                .put("camelback.deployment", attempt.deployment())
                                .put("camelback.reason", OutcomeCode.of(attempt))
                                .build());
            }
        }
        span.setAttribute("camelback.request.id", entry.id())
                .setAttribute("camelback.endpoint", entry.endpoint())
                .setAttribute("camelback.chain", String.valueOf(entry.chain()))
                .setAttribute("http.response.status_code", entry.status());
        set("camelback.deployment", entry.deployment());
        set("camelback.degraded", entry.degraded());
        if (entry.complexity() != null) {
            span.setAttribute("camelback.complexity", entry.complexity().doubleValue());
        }
        if (entry.error() != null) {
            set("error.type", entry.error().code());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private void set(String name, String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
    }

    /** One turn of a model. */
    public static final class Turn {
        static final Turn NONE = new Turn(null, Context.root());

        private final Span span;
        private final Context context;

        private Turn(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        /** What a provider is sent, so that its own spans, if it has any, belong to this one. */
        public Map<String, String> headers() {
            if (span == null) {
                return Map.of();
            }
            Map<String, String> headers = new HashMap<>();
            W3CTraceContextPropagator.getInstance().inject(context, headers, Map::put);
            return headers;
        }

        public void ended(AttemptResult attempt) {
            if (span == null) {
                return;
            }
            if (attempt.status() > 0) {
                span.setAttribute("http.response.status_code", attempt.status());
            }
            if (attempt.outcome() != AttemptResult.Outcome.ANSWERED) {
                span.setAttribute("error.type", OutcomeCode.of(attempt)).setStatus(StatusCode.ERROR, attempt.detail());
            }
            if (attempt.metering().firstToken() != null) {
                span.setAttribute(
                        "gen_ai.response.time_to_first_chunk",
                        attempt.metering().firstToken().toNanos() / 1e9);
            }
            Usage usage = attempt.metering().usage();
            if (usage != null) {
                span.setAttribute("gen_ai.usage.input_tokens", usage.input())
                        .setAttribute("gen_ai.usage.output_tokens", usage.output())
                        .setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cached())
                        .setAttribute("gen_ai.usage.cache_creation.input_tokens", usage.cacheWrite());
            }
            span.end();
        }
    }
}
