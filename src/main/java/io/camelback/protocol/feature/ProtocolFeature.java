package io.camelback.protocol.feature;

import static io.camelback.protocol.feature.FeatureSupport.carried;
import static io.camelback.protocol.feature.FeatureSupport.converted;
import static io.camelback.protocol.feature.FeatureSupport.dropped;
import static io.camelback.protocol.feature.FeatureSupport.emulated;
import static io.camelback.protocol.feature.FeatureSupport.skipped;

/**
 * All that a request may hold, and what becomes of it at each kind of provider when the request came in another
 * dialect: the one table that {@code explain} and the documentation print. A request that came in the provider's own
 * dialect goes on as it came. Every cell is held by a test that writes such a request.
 *
 * <p>What one model or server refuses beside this is configured with its deployment, see
 * {@link io.camelback.protocol.UnsupportedParameter}.
 */
public enum ProtocolFeature {
    TEXT("Text", carried(), carried(), carried(), carried()),
    SYSTEM(
            "System message at the start",
            carried(),
            carried("`system`"),
            carried("`systemInstruction`"),
            carried("`instructions`")),
    DEVELOPER(
            "Developer message",
            carried("`system` for compatible servers"),
            converted("as `system`"),
            converted("as `systemInstruction`"),
            carried()),
    LATE_SYSTEM(
            "System message after the first turn",
            carried(),
            carried(),
            emulated("`<system-reminder>` in a user turn"),
            carried()),
    SAME_ROLE(
            "Two turns of one role in a row",
            carried("joined for compatible servers"),
            converted("joined"),
            converted("joined"),
            carried()),
    NAME("Participant's name", carried(), dropped(), dropped(), dropped()),
    EMPTY_TEXT("Empty text", dropped("refused by some"), dropped("refused"), dropped("refused"), dropped()),
    PREFILL(
            "Assistant's turn at the end",
            carried("a new turn, not its rest"),
            carried("not while it thinks, nor with a schema"),
            carried(),
            carried("a new turn, not its rest")),
    OPENING_ASSISTANT(
            "Assistant's turn at the start",
            carried(),
            emulated("after a user's `.`"),
            emulated("after a user's `.`"),
            carried()),
    REFUSAL(
            "Refusal in the history",
            carried("text for compatible servers"),
            converted("text"),
            converted("text"),
            carried()),

    IMAGE("Image, inline", carried(), carried("JPEG, PNG, GIF, WebP; others: skipped"), carried(), carried()),
    IMAGE_URL("Image by URL", carried(), carried(), carried("https and gs; others: skipped"), carried()),
    IMAGE_DETAIL("Image's detail", carried(), dropped(), dropped(), carried()),
    PDF("PDF, inline", carried(), carried(), carried(), carried()),
    PDF_URL("PDF by URL", skipped(), carried(), carried("https and gs; others: skipped"), carried()),
    FILE_NAME("File's name", carried(), carried("`title`"), dropped("refused"), carried()),
    TEXT_FILE("Text file, inline", converted("its text"), carried(), carried(), converted("its text")),
    OPENAI_FILE("File stored at OpenAI", carried("OpenAI only"), skipped(), skipped(), carried("OpenAI only")),
    ANTHROPIC_FILE("File stored at Anthropic", skipped(), carried(), skipped(), skipped()),
    GOOGLE_FILE("File stored at Google", skipped(), skipped(), carried(), skipped()),
    FILE_CONTEXT(
            "File's context",
            converted(Notes.TEXT_BEFORE),
            carried(),
            converted(Notes.TEXT_BEFORE),
            converted(Notes.TEXT_BEFORE)),
    MEDIA_RESOLUTION("How finely Gemini looks at images", dropped(), dropped(), carried(), dropped()),
    SEARCH_RESULT(
            "Search result of the caller's own",
            converted("its text"),
            carried(),
            converted("its text"),
            converted("its text")),
    AUDIO("Sound", carried(), skipped(), carried(), skipped()),
    VIDEO("Video, inline", skipped(), skipped(), carried(), skipped()),

    TOOLS("Tools", carried(), carried(), carried(), carried()),
    TOOL_NAME(
            "Tool's name that the provider refuses",
            converted(Notes.RENAMED),
            converted(Notes.RENAMED),
            converted(Notes.RENAMED),
            converted(Notes.RENAMED)),
    FUNCTIONS(
            "Functions, the older form of tools",
            carried(),
            converted("tools"),
            converted("tools"),
            converted("tools")),
    TOOL_EXAMPLES("Examples of a tool's input", dropped(), carried(), dropped(), dropped()),
    STRICT("Strict tool", carried(), carried("in its subset of JSON Schema"), dropped(), carried()),
    CHOICE_NONE("Tool choice: none", carried(), carried(), carried(), carried()),
    CHOICE_REQUIRED("Tool choice: any", carried(), carried("thinking is off then"), carried(), carried()),
    CHOICE_NAMED("Tool choice: one", carried(), carried("thinking is off then"), carried(), carried()),
    CHOICE_SUBSET(
            "Tool choice: some",
            converted(Notes.NOT_OFFERED),
            converted(Notes.NOT_OFFERED),
            converted(Notes.NOT_OFFERED),
            converted(Notes.NOT_OFFERED)),
    ONE_CALL("One call at a time", carried(), carried(), dropped(), carried()),
    CALLS("Tool calls in the history", carried(), carried(), carried(), carried()),
    BROKEN_CALL(
            "Call with broken arguments",
            carried(),
            converted("kept as text in `_raw`"),
            converted("kept as text in `_raw`"),
            carried()),
    CALL_ID(
            "Call's id in another form",
            carried(),
            converted("made harmless, always the same"),
            dropped("by name and order"),
            carried("over 64 characters: shortened")),
    RESULTS("Tool results", carried(), carried(), carried(), carried()),
    FAILED_RESULT(
            "Tool result that is an error",
            emulated("begins with `Error:`"),
            carried(),
            carried(),
            emulated("begins with `Error:`")),
    IMAGE_RESULT(
            "Image in a tool result",
            converted("in a user turn after it"),
            carried(),
            carried("before generation 3: beside it"),
            carried()),
    FILE_RESULT(
            "File in a tool result",
            converted("in a user turn after it"),
            carried(),
            carried("before generation 3: beside it"),
            carried()),
    NO_RESULT(
            "Call without a result",
            emulated("`(no result)`"),
            emulated("`(no result)`"),
            emulated("`(no result)`"),
            emulated("`(no result)`")),
    STRAY_RESULT(
            "Result without a call",
            converted("a user's text"),
            converted("a user's text"),
            converted("a user's text"),
            converted("a user's text")),
    CALL_SIGNATURE("Gemini's signature of a call", dropped(), dropped(), carried(), dropped()),
    CUSTOM_TOOL(
            "Free-form tool (`custom`)",
            converted("a function of one text"),
            converted("a function of one text"),
            converted("a function of one text"),
            carried()),
    OPENAI_TOOLS("Tools that OpenAI runs, beside the caller's own", dropped(), dropped(), dropped(), carried()),
    ANTHROPIC_TOOLS(
            "Tools that Anthropic runs, beside the caller's own",
            dropped("results so far: text"),
            carried(),
            dropped("results so far: text"),
            dropped("results so far: text")),
    GOOGLE_TOOLS("Tools that Google runs, beside the caller's own", dropped(), dropped(), carried(), dropped()),
    ONLY_OPENAI_TOOLS("Tools that OpenAI runs, and no others", skipped(), skipped(), skipped(), carried()),
    ONLY_ANTHROPIC_TOOLS("Tools that Anthropic runs, and no others", skipped(), carried(), skipped(), skipped()),
    ONLY_GOOGLE_TOOLS("Tools that Google runs, and no others", skipped(), skipped(), carried(), skipped()),
    WEB_SEARCH(
            "Web search as the only tool",
            skipped(),
            carried("Anthropic only"),
            converted("`googleSearch`; Gemini only"),
            converted("`web_search`; OpenAI only")),
    MOST_CALLS("Most calls of tools that OpenAI runs", dropped(), dropped(), dropped(), carried()),
    MAX_TOKENS("Most tokens", carried(), carried("when not said: the model's most"), carried(), carried("16 at least")),
    CANDIDATES("Several answers (`n`)", carried(), skipped(), skipped(), skipped()),
    STOP(
            "Stop sequences",
            carried("up to 4; more: skipped"),
            carried("blank ones: the answer is cut at them"),
            carried("up to 5; more: skipped"),
            emulated("the answer is cut at them")),
    JSON_MODE("JSON mode", carried(), emulated(Notes.INSTRUCTION), carried(), carried()),
    JSON_SCHEMA(
            "JSON Schema for the answer",
            carried(),
            converted("its subset; other rules as descriptions"),
            converted("its subset"),
            carried()),
    SCHEMA_NAME("Name of the schema", carried(), dropped(), dropped(), carried()),
    OTHER_JSON(
            "JSON Schema of no object",
            emulated(Notes.INSTRUCTION),
            emulated(Notes.INSTRUCTION),
            carried(),
            emulated(Notes.INSTRUCTION)),
    ONE_OF_WORDS(
            "One word of a list as the answer",
            emulated(Notes.INSTRUCTION),
            emulated(Notes.INSTRUCTION),
            carried(),
            emulated(Notes.INSTRUCTION)),
    LOGPROBS("Log probabilities", carried(), skipped(), carried(), carried()),
    LOGIT_BIAS("Token bias", carried(), dropped(), dropped(), dropped()),
    PREDICTION("Predicted answer", carried(), dropped(), dropped(), dropped()),
    VERBOSITY("Verbosity", carried("OpenAI only"), dropped(), dropped(), carried("OpenAI only")),
    AUDIO_OUTPUT("Spoken answer", carried(), skipped(), skipped(), skipped()),
    IMAGE_OUTPUT(
            "Image as an answer",
            carried("OpenRouter and others; OpenAI: skipped"),
            skipped(),
            carried("image models; others: skipped"),
            skipped()),

    TEMPERATURE("Temperature", carried(), converted("1 at most; not while it thinks"), carried(), carried()),
    TOP_P("top_p", carried(), carried("not beside a temperature, nor while it thinks"), carried(), carried()),
    TOP_K("top_k", dropped(), carried("not while it thinks"), carried(), dropped()),
    SEED("Seed", carried(), dropped(), converted("folded into 32 bits"), dropped()),
    PENALTIES("Presence and frequency penalties", carried(), dropped(), carried("2.5: dropped"), dropped()),

    EFFORT(
            "Reasoning effort or thinking budget",
            carried(),
            carried("adaptive thinking; 4.5: a budget"),
            converted("a level; 2.5: a budget"),
            carried()),
    EFFORT_MAX(
            "Highest effort",
            converted("`xhigh`; compatible servers: `high`"),
            carried(),
            converted("`high`"),
            converted("`xhigh`")),
    EFFORT_NONE("No reasoning", carried(), carried("`disabled`"), converted("the least the model can"), carried()),
    THINKING_SHOWN("How thinking is shown", dropped(), dropped(), dropped("always summaries"), carried()),
    ANTHROPIC_THINKING(
            "Anthropic's thinking in the history",
            dropped("its words: DeepSeek"),
            carried("unchanged"),
            dropped(),
            dropped()),
    OPENAI_REASONING(
            "OpenAI's reasoning items in the history",
            dropped("its words: DeepSeek"),
            dropped(),
            dropped(),
            carried("unchanged")),
    GOOGLE_THOUGHTS(
            "Gemini's thoughts in the history",
            dropped("their words: DeepSeek"),
            dropped(),
            carried("unchanged"),
            dropped()),
    OTHER_REASONING(
            "Reasoning of compatible servers in the history",
            dropped("its words: DeepSeek"),
            dropped(),
            dropped(),
            dropped()),

    USER(
            "End user's id",
            carried("OpenAI only; over 64 characters: hashed"),
            carried("`metadata.user_id`"),
            dropped(),
            carried("OpenAI only; over 64 characters: hashed")),
    METADATA("Metadata", carried("OpenAI only"), dropped(), dropped(), dropped()),
    CACHE_MARKS(
            "Cache marks in the content (`cache_control`)",
            dropped("OpenRouter: carried"),
            carried("the last four"),
            dropped(),
            dropped()),
    TOOL_CACHE_MARKS(
            "Cache marks on tools", dropped("OpenRouter: carried"), carried("the last four"), dropped(), dropped()),
    AUTOMATIC_CACHE(
            "Caching at places of the provider's choice (top-level `cache_control`)",
            dropped("OpenRouter: carried"),
            carried("Anthropic only"),
            dropped(),
            dropped()),
    CACHE_KEY("OpenAI's cache key", carried("OpenAI only"), dropped(), dropped(), carried("OpenAI only")),
    CACHE_OPTIONS("OpenAI's way of caching", carried("OpenAI only"), dropped(), dropped(), carried("OpenAI only")),
    CACHE_BREAKPOINTS("OpenAI's cache breakpoints in the content", carried(), dropped(), dropped(), dropped()),
    CACHED_CONTENT("Content cached at Google", skipped(), skipped(), carried(), skipped()),
    SERVICE_TIER("OpenAI's service tier", carried("OpenAI only"), dropped(), dropped(), carried("OpenAI only")),
    SPEED("Anthropic's speed and place", dropped(), carried(), dropped(), dropped()),
    STORE("Storing the answer", carried("OpenAI only"), dropped(), dropped(), dropped("never")),
    CITATIONS("Citations asked for", dropped(), carried(), dropped(), dropped()),
    CONTEXT_MANAGEMENT("Context management, containers, MCP servers", dropped(), carried(), dropped(), dropped()),
    SAFETY_SETTINGS("Safety settings", dropped(), dropped(), carried(), dropped()),
    UNKNOWN("Fields unknown to us", carried(), dropped(), dropped(), dropped());

    /** What more than one cell tells. */
    private static final class Notes {
        static final String RENAMED = "made harmless; the caller sees its own";
        static final String NOT_OFFERED = "the others are not offered";
        static final String TEXT_BEFORE = "a text before it";
        static final String INSTRUCTION = "an instruction";
    }

    private final String title;
    private final FeatureSupport openAi;
    private final FeatureSupport anthropic;
    private final FeatureSupport gemini;
    private final FeatureSupport responses;

    ProtocolFeature(
            String title,
            FeatureSupport openAi,
            FeatureSupport anthropic,
            FeatureSupport gemini,
            FeatureSupport responses) {
        this.title = title;
        this.openAi = openAi;
        this.anthropic = anthropic;
        this.gemini = gemini;
        this.responses = responses;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /**
     * What becomes of it at a provider.
     *
     * @param dialect the provider's, e.g. {@code anthropic}
     * @throws IllegalArgumentException for a dialect that does not exist
     */
    public FeatureSupport at(String dialect) {
        return switch (dialect) {
            case "openai" -> openAi;
            case "anthropic" -> anthropic;
            case "gemini" -> gemini;
            case "responses" -> responses;
            default -> throw new IllegalArgumentException("no dialect " + dialect);
        };
    }
}
