package io.camelback.protocol.feature;

import java.util.Map;

/**
 * Everything a request may contain, and how each provider format supports it when the request came in another format.
 * The table is in the resource {@code features.md}; {@code explain} and the documentation print it. A request in the
 * provider's own format is passed on unchanged. A test writes a request for every cell.
 *
 * <p>What one model or server refuses beside this is configured with its deployment, see
 * {@link io.camelback.protocol.UnsupportedParameter}.
 */
public enum ProtocolFeature {
    TEXT,
    SYSTEM,
    DEVELOPER,
    LATE_SYSTEM,
    SAME_ROLE,
    NAME,
    EMPTY_TEXT,
    PREFILL,
    OPENING_ASSISTANT,
    REFUSAL,
    COMPACTION,
    UNKNOWN_CONTENT,

    IMAGE,
    IMAGE_URL,
    IMAGE_DETAIL,
    PDF,
    PDF_URL,
    FILE_NAME,
    TEXT_FILE,
    OPENAI_FILE,
    ANTHROPIC_FILE,
    GOOGLE_FILE,
    FILE_CONTEXT,
    MEDIA_RESOLUTION,
    SEARCH_RESULT,
    AUDIO,
    VIDEO,

    TOOLS,
    TOOL_NAME,
    FUNCTIONS,
    TOOL_EXAMPLES,
    STRICT,
    CHOICE_NONE,
    CHOICE_REQUIRED,
    CHOICE_NAMED,
    CHOICE_SUBSET,
    ONE_CALL,
    CALLS,
    BROKEN_CALL,
    CALL_ID,
    RESULTS,
    FAILED_RESULT,
    IMAGE_RESULT,
    FILE_RESULT,
    NO_RESULT,
    STRAY_RESULT,
    CALL_SIGNATURE,
    CUSTOM_TOOL,
    NAMESPACE,
    OPENAI_TOOLS,
    ANTHROPIC_TOOLS,
    GOOGLE_TOOLS,
    ONLY_OPENAI_TOOLS,
    ONLY_ANTHROPIC_TOOLS,
    ONLY_GOOGLE_TOOLS,
    WEB_SEARCH,
    MOST_CALLS,
    MAX_TOKENS,
    CANDIDATES,
    STOP,
    JSON_MODE,
    JSON_SCHEMA,
    SCHEMA_NAME,
    OTHER_JSON,
    ONE_OF_WORDS,
    LOGPROBS,
    LOGIT_BIAS,
    PREDICTION,
    VERBOSITY,
    AUDIO_OUTPUT,
    IMAGE_OUTPUT,

    TEMPERATURE,
    TOP_P,
    TOP_K,
    SEED,
    PENALTIES,

    EFFORT,
    EFFORT_MAX,
    EFFORT_NONE,
    THINKING_SHOWN,
    ANTHROPIC_THINKING,
    OPENAI_REASONING,
    GOOGLE_THOUGHTS,
    OTHER_REASONING,

    USER,
    METADATA,
    CACHE_MARKS,
    TOOL_CACHE_MARKS,
    AUTOMATIC_CACHE,
    CACHE_KEY,
    CACHE_OPTIONS,
    CACHE_BREAKPOINTS,
    CACHED_CONTENT,
    SERVICE_TIER,
    SPEED,
    STORE,
    CITATIONS,
    CONTEXT_MANAGEMENT,
    SAFETY_SETTINGS,
    UNKNOWN;

    /** The rows of the table; loaded once, after the constants. */
    private static final class Rows {
        static final Map<ProtocolFeature, FeatureTableReader.Row> ALL = FeatureTableReader.read();
    }

    /** Its name in the documentation. */
    public String title() {
        return Rows.ALL.get(this).title();
    }

    /**
     * How a provider format supports this feature.
     *
     * @param dialect the provider's, e.g. {@code anthropic}
     * @throws IllegalArgumentException for a dialect that does not exist
     */
    public FeatureSupport at(String dialect) {
        FeatureSupport support = Rows.ALL.get(this).support().get(dialect);
        if (support == null) {
            throw new IllegalArgumentException("no dialect " + dialect);
        }
        return support;
    }
}
