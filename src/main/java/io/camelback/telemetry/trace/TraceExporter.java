package io.camelback.telemetry.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports traces to a collector by OTLP over HTTP, if OpenTelemetry's own variables name one:
 * {@code OTEL_EXPORTER_OTLP_ENDPOINT} or {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT},
 * {@code OTEL_EXPORTER_OTLP_HEADERS}, {@code OTEL_SERVICE_NAME} and, for a share of the requests,
 * {@code OTEL_TRACES_SAMPLER_ARG}.
 */
public final class TraceExporter {
    private static final Logger LOG = LoggerFactory.getLogger(TraceExporter.class);

    private TraceExporter() {}

    /** @param environment gives null for a variable that is not set */
    public static RequestTracer of(Function<String, String> environment) {
        String endpoint = endpoint(environment);
        if (endpoint == null) {
            return RequestTracer.OFF;
        }
        OtlpHttpSpanExporterBuilder exporter;
        try {
            exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint);
        } catch (IllegalArgumentException e) {
            LOG.warn("Tracing is off: the endpoint in OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address");
            return RequestTracer.OFF;
        }
        headers(exporter, environment.apply("OTEL_EXPORTER_OTLP_HEADERS"));
        String service = environment.apply("OTEL_SERVICE_NAME");
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service == null || service.isBlank() ? "camelback" : service)));
        return new RequestTracer(SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(
                        Sampler.traceIdRatioBased(ratio(environment.apply("OTEL_TRACES_SAMPLER_ARG")))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build());
    }

    private static String endpoint(Function<String, String> environment) {
        String whole = environment.apply("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        if (whole != null && !whole.isBlank()) {
            return whole.trim();
        }
        String base = environment.apply("OTEL_EXPORTER_OTLP_ENDPOINT");
        return base == null || base.isBlank() ? null : base.trim().replaceFirst("/+$", "") + "/v1/traces";
    }

    private static void headers(OtlpHttpSpanExporterBuilder exporter, String pairs) {
        for (String pair : pairs == null ? new String[0] : pairs.split(",")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                exporter.addHeader(parts[0].trim(), URLDecoder.decode(parts[1].trim(), StandardCharsets.UTF_8));
            }
        }
    }

    private static double ratio(String said) {
        return said != null && said.trim().matches("0(\\.\\d+)?|1(\\.0+)?") ? Double.parseDouble(said.trim()) : 1;
    }
}
