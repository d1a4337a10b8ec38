package io.camelback.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.telemetry.record.RequestRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTracerTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final RequestTracer traces = new RequestTracer(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build());

    private static Deployment deployment(String name) throws Exception {
        CamelbackConfig config = CamelbackConfigReader.read(
                        Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml", variable -> null)
                .config();
        return config.deployment(name).orElseThrow();
    }

    private static RequestRecord entry(GatewayError error, AttemptResult... attempts) {
        return new RequestRecord(
                "req_1",
                "openai",
                "m",
                "premium",
                error == null ? "gpt" : null,
                error == null ? 200 : 502,
                false,
                Duration.ofMillis(300),
                new BigDecimal("3.5"),
                null,
                null,
                List.of(attempts),
                error);
    }

    private static <T> T attribute(SpanData span, AttributeKey<T> key) {
        return span.getAttributes().get(key);
    }

    @Test
    void a_failed_over_request_is_a_span_with_one_for_each_turn_below_the_callers() throws Exception {
        RequestTrace trace = traces.begin(PARENT, "vendor=1", "chat", "premium");
        AttemptResult failed = AttemptResult.failed(
                "claude-opus",
                ProviderException.of(FailureKind.OVERLOAD, "529 overloaded_error"),
                Duration.ofMillis(5));
        trace.turn(deployment("claude-opus")).ended(failed);
        RequestTrace.Turn second = trace.turn(deployment("gpt"));
        Map<String, String> sent = second.headers();
        AttemptResult answered = AttemptResult.answered("gpt", Duration.ofMillis(200))
                .metering(new AttemptMetering(
                        Duration.ofMillis(6), Duration.ofMillis(50), new Usage(11, 3, 0, 7, 0), false, 9L));
        second.ended(answered);
        trace.done(entry(
                null,
                failed,
                AttemptResult.skipped("grok", AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN),
                answered));

        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactly("chat claude-opus-5-5", "chat gpt-6-sol", "chat premium");
        assertThat(spans)
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c"));
        SpanData request = spans.get(2);
        assertThat(request.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(attribute(request, AttributeKey.stringKey("camelback.deployment")))
                .isEqualTo("gpt");
        assertThat(request.getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getAttributes().asMap().values())
                        .containsExactlyInAnyOrder("grok", "breaker_open"));
        SpanData first = spans.get(0);
        assertThat(first.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(first.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(first, AttributeKey.stringKey("error.type"))).isEqualTo("overload");
        assertThat(attribute(first, AttributeKey.stringKey("gen_ai.provider.name")))
                .isEqualTo("anthropic");
        assertThat(attribute(spans.get(1), AttributeKey.longKey("gen_ai.usage.output_tokens")))
                .isEqualTo(7);
        assertThat(attribute(spans.get(1), AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk")))
                .isEqualTo(0.05);
        assertThat(sent)
                .containsEntry("tracestate", "vendor=1")
                .containsEntry(
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-" + spans.get(1).getSpanId() + "-01");
    }

    @Test
    void an_error_is_told_by_its_code_and_a_malformed_parent_begins_a_trace() {
        RequestTrace trace = traces.begin("not-a-traceparent", null, "chat", "premium");
        trace.done(entry(GatewayError.of(502, "upstream_error", "No model answered.")));

        SpanData request = exported.getFinishedSpanItems().get(0);
        assertThat(request.getParentSpanContext().isValid()).isFalse();
        assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(request, AttributeKey.stringKey("error.type"))).isEqualTo("upstream_error");
    }

    @Test
    void off_there_is_nothing_to_send() throws Exception {
        RequestTrace trace = RequestTracer.OFF.begin(PARENT, null, "chat", "premium");
        assertThat(trace).isSameAs(RequestTrace.NONE);
        assertThat(trace.turn(deployment("gpt")).headers()).isEmpty();
        assertThat(TraceExporter.of(name -> null)).isSameAs(RequestTracer.OFF);
        assertThat(TraceExporter.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://x")::get))
                .isSameAs(RequestTracer.OFF);
    }
}
