package io.camelback.telemetry.record;

import io.camelback.config.Deployment;
import java.math.BigDecimal;
import java.util.Map;

/** Metric tag values derived from the configuration; each out of a set that no client can add to. */
public final class MetricTags {
    public static final String OTHER = "other";
    /**
     * As OpenTelemetry's conventions name them (docs/wire-formats.md 8); others go by the name in the configuration.
     */
    private static final Map<String, String> PROVIDERS =
            Map.of("gemini", "gcp.gemini", "mistral", "mistral_ai", "xai", "x_ai", "zai", "z_ai");

    private static final String[] BANDS = {"0-2", "2-4", "4-6", "6-8", "8-10"};

    private MetricTags() {}

    public static String provider(Deployment deployment) {
        return PROVIDERS.getOrDefault(
                deployment.provider().name(), deployment.provider().name());
    }

    /** The operation as OpenTelemetry's conventions name it. */
    public static String operation(Deployment deployment) {
        return deployment.embeds() ? "embeddings" : "chat";
    }

    /** @param complexity from 0 to 10; null for what has none */
    public static String band(BigDecimal complexity) {
        return complexity == null ? "none" : BANDS[Math.max(0, Math.min(BANDS.length - 1, complexity.intValue() / 2))];
    }
}
