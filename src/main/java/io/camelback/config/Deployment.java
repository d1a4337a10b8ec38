package io.camelback.config;

import io.camelback.pricing.ModelPrice;
import io.camelback.protocol.UnsupportedParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One model at one provider, under the name that chains use.
 *
 * @param model the provider's name for it
 * @param useFor the task types it is meant for, in the operator's words
 * @param capabilities out of {@link #CAPABILITIES}
 * @param context tokens that question and answer may have together; 0 when unknown
 * @param maxOutput the most tokens it can write; 0 when unknown
 * @param unsupported what it does not take: the provider's refusals and its own
 * @param maxInFlight how many requests it is given at once
 * @param streamUpstream whether the provider is asked to stream even when the caller does not, so that a silent one is
 *     noticed by its first token
 * @param api which of the provider's interfaces it is asked by
 * @param capabilitiesListed whether the operator listed them: only then what is missing is known to be missing
 * @param weight its share where a chain balances by weight, 1 unless said
 * @param tier 1 premium, 2 middle, 3 local: an answer from a higher number than was asked for may want a review
 */
public record Deployment(
        String name,
        Provider provider,
        String model,
        List<String> useFor,
        Set<String> capabilities,
        int context,
        int maxOutput,
        ModelPrice price,
        Set<UnsupportedParameter> unsupported,
        TimeoutSettings timeouts,
        RetrySettings retry,
        CircuitBreakerSettings breaker,
        int maxInFlight,
        boolean streamUpstream,
        int tier,
        int weight,
        Api api,
        boolean capabilitiesListed) {
    /** The tier of local models: better than nothing. */
    public static final int LAST_RESORT = 3;
    /**
     * How many tokens a model that thinks usually needs for it, at the least: Anthropic takes no smaller budget.
     *
     * @see <a href="https://docs.claude.com/en/docs/build-with-claude/extended-thinking">the least budget</a>
     * @see <a href="https://github.com/koala73/worldmonitor/issues/4983">answers that were all thinking</a>
     */
    public static final int USUAL_THINKING = 1024;
    /** The words that {@code capabilities} may hold. */
    public static final List<String> CAPABILITIES =
            List.of("tools", "vision", "json-schema", "thinking", "documents", "audio");

    public Deployment {
        useFor = List.copyOf(useFor);
        capabilities = Set.copyOf(capabilities);
        unsupported = Set.copyOf(unsupported);
    }

    /** Whether it can be asked at all: its provider has the key it needs. */
    public boolean usable() {
        return provider.usable();
    }

    /** The Kamelet that speaks the provider's dialect, such as {@code anthropic-chat-action}. */
    public String kamelet() {
        return provider.dialect() + "-" + api.key() + "-action";
    }

    /**
     * The dialect it is asked in, named as the endpoints are: its provider's, but for an interface with a dialect of
     * its own.
     */
    public String protocolName() {
        return api == Api.RESPONSES ? api.key() : provider.dialect();
    }

    /** Whether it is known what an answer costs; free is known, too. */
    public boolean priced() {
        return price.input() != null && (embeds() || price.output() != null);
    }

    /** Whether a request that needs this capability can be for it: it has it, or nobody said that it has not. */
    public boolean supports(String capability) {
        return !capabilitiesListed || capabilities.contains(capability);
    }

    /** Whether it may use up so small a limit by thinking. @param tokens what an answer may have; null for no limit */
    public boolean mayThinkAllOf(Integer tokens) {
        return tokens != null && tokens < USUAL_THINKING && capabilities.contains("thinking");
    }

    /** Whether it makes vectors, and no conversation. */
    public boolean embeds() {
        return api == Api.EMBEDDINGS;
    }

    /** An interface of providers, named as in the configuration and in the Kamelets. */
    public enum Api {
        CHAT(Set.of("openai", "anthropic", "gemini")),
        /** OpenAI's, for models that take tools together with reasoning only there. */
        RESPONSES(Set.of("openai")),
        EMBEDDINGS(Set.of("openai", "gemini"));

        public static final List<String> KEYS =
                Arrays.stream(values()).map(Api::key).toList();
        private final Set<String> dialects;

        Api(Set<String> dialects) {
            this.dialects = dialects;
        }

        public static Api of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The dialects that have it. */
        public Set<String> dialects() {
            return dialects;
        }
    }
}
