package io.camelback.config;

import io.camelback.protocol.UnsupportedParameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A server that hosts models.
 *
 * @param dialect {@code openai}, {@code anthropic} or {@code gemini}
 * @param baseUrl without a slash at its end; with the version ({@code /v1}) for {@code openai}, without for the others
 * @param apiKey null when there is none; never shown
 * @param keyVariable the environment variable the key comes from; null when it comes from none
 * @param keyRequired whether its deployments are disabled without a key
 * @param refuses what none of its models take
 * @param quotaStops the stop reasons with which an empty answer means that the credit is used up
 * @param headers what its requests carry beside the usual headers, by lower-case name; never shown
 */
public record Provider(
        String name,
        String dialect,
        String baseUrl,
        String apiKey,
        String keyVariable,
        boolean keyRequired,
        Set<UnsupportedParameter> refuses,
        Set<String> quotaStops,
        Map<String, String> headers) {
    public Provider {
        headers = Map.copyOf(headers);
        refuses = Set.copyOf(refuses);
        quotaStops = Set.copyOf(quotaStops);
    }

    public boolean usable() {
        return apiKey != null || !keyRequired;
    }

    /** Tells whether there is a key, and not which; of headers their names. */
    @Override
    public String toString() {
        return "Provider[" + name + ", " + dialect + ", " + baseUrl + ", key " + (apiKey == null ? "absent" : "present")
                + (headers.isEmpty() ? "" : ", headers " + new TreeSet<>(headers.keySet())) + "]";
    }
}
