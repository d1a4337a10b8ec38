package io.camelback.config;

import io.camelback.chat.ChatRequest;
import io.camelback.config.pattern.LinearPattern;
import java.time.Duration;

/**
 * Quality checks for the answers of a chain. One that is less goes to the next link, once per request.
 *
 * @param jsonSchema whether an answer must be JSON, and obey the schema, where the request asks for that
 * @param pattern what every answer in words must hold; null for nothing
 * @param minLength the fewest characters of an answer in words; 0 for any
 * @param refusals whether a refusal counts as a miss: somebody else may be asked what the provider's policy declined
 * @param share the share of the chain's requests, in percent, that may be asked again for this; a few always may
 * @param deadline what checking one answer may take of a processor; one that takes longer is unjudged
 */
public record QualitySettings(
        boolean jsonSchema, LinearPattern pattern, int minLength, boolean refusals, int share, Duration deadline) {
    public static final QualitySettings NONE = new QualitySettings(false, null, 0, false, 20, Duration.ofMillis(50));

    /** Whether anything is looked at. */
    public boolean any() {
        return jsonSchema || pattern != null || minLength > 0 || refusals;
    }

    /** Whether answers to this request are. */
    public boolean appliesTo(ChatRequest request) {
        return pattern != null || minLength > 0 || refusals || jsonSchema && request.format() != null;
    }
}
