package io.camelback.config.reader;

import static io.camelback.protocol.UnsupportedParameter.DEVELOPER_ROLE;
import static io.camelback.protocol.UnsupportedParameter.FORCED_TOOL_CHOICE;
import static io.camelback.protocol.UnsupportedParameter.IMAGE_OUTPUT;
import static io.camelback.protocol.UnsupportedParameter.JSON_MODE;
import static io.camelback.protocol.UnsupportedParameter.JSON_SCHEMA;
import static io.camelback.protocol.UnsupportedParameter.LATE_SYSTEM;
import static io.camelback.protocol.UnsupportedParameter.LOGPROBS;
import static io.camelback.protocol.UnsupportedParameter.MAX_COMPLETION_TOKENS;
import static io.camelback.protocol.UnsupportedParameter.MESSAGE_NAME;
import static io.camelback.protocol.UnsupportedParameter.PARALLEL_TOOL_CALLS;
import static io.camelback.protocol.UnsupportedParameter.PENALTIES;
import static io.camelback.protocol.UnsupportedParameter.PREFILL;
import static io.camelback.protocol.UnsupportedParameter.SEED;
import static io.camelback.protocol.UnsupportedParameter.STOP;
import static io.camelback.protocol.UnsupportedParameter.STREAM_OPTIONS;
import static io.camelback.protocol.UnsupportedParameter.STRICT_TOOLS;

import io.camelback.protocol.UnsupportedParameter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The providers known out of the box, each with its key in {@code <NAME>_API_KEY} and its address in
 * {@code <NAME>_BASE_URL}. What they refuse is from their documentation (docs/wire-formats.md, sections 1.5, 1.7, 5 and
 * 9); what only some of their models refuse stands beside the deployments.
 */
final class BuiltInProviders {
    static final List<String> DIALECTS = List.of("openai", "anthropic", "gemini");

    /** What a server of OpenAI's interface is taken to refuse when nothing else is known of it. */
    static final Set<UnsupportedParameter> MOST_COMPATIBLES = Set.of(DEVELOPER_ROLE, MAX_COMPLETION_TOKENS);

    /** @param name also of its environment variables, in capitals */
    record Known(String name, String dialect, String baseUrl, boolean keyRequired, Set<UnsupportedParameter> refuses) {
        String variable(String suffix) {
            return name.toUpperCase(Locale.ROOT) + suffix;
        }
    }

    static final List<Known> KNOWN = List.of(
            new Known("openai", "openai", "https://api.openai.com/v1", true, Set.of(IMAGE_OUTPUT)),
            new Known("anthropic", "anthropic", "https://api.anthropic.com", true, Set.of()),
            new Known("gemini", "gemini", "https://generativelanguage.googleapis.com", true, Set.of()),
            compatible(
                    "deepseek",
                    "https://api.deepseek.com/v1",
                    IMAGE_OUTPUT,
                    MAX_COMPLETION_TOKENS,
                    JSON_SCHEMA,
                    SEED,
                    STRICT_TOOLS),
            compatible("openrouter", "https://openrouter.ai/api/v1"),
            compatible(
                    "mistral",
                    "https://api.mistral.ai/v1",
                    IMAGE_OUTPUT,
                    MAX_COMPLETION_TOKENS,
                    STREAM_OPTIONS,
                    SEED,
                    LOGPROBS,
                    MESSAGE_NAME,
                    PREFILL),
            compatible("groq", "https://api.groq.com/openai/v1", IMAGE_OUTPUT, LOGPROBS, MESSAGE_NAME),
            compatible("xai", "https://api.x.ai/v1", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, PENALTIES, STOP),
            compatible(
                    "zai",
                    "https://api.z.ai/api/paas/v4",
                    IMAGE_OUTPUT,
                    MAX_COMPLETION_TOKENS,
                    FORCED_TOOL_CHOICE,
                    JSON_SCHEMA),
            compatible(
                    "minimax",
                    "https://api.minimax.io/v1",
                    IMAGE_OUTPUT,
                    MAX_COMPLETION_TOKENS,
                    FORCED_TOOL_CHOICE,
                    STRICT_TOOLS,
                    JSON_SCHEMA,
                    JSON_MODE,
                    SEED,
                    PENALTIES,
                    PARALLEL_TOOL_CALLS),
            compatible("nanogpt", "https://nano-gpt.com/api/v1", MAX_COMPLETION_TOKENS),
            new Known(
                    "local",
                    "openai",
                    "http://127.0.0.1:11434/v1",
                    false,
                    Set.of(
                            DEVELOPER_ROLE,
                            MAX_COMPLETION_TOKENS,
                            LATE_SYSTEM,
                            MESSAGE_NAME,
                            FORCED_TOOL_CHOICE,
                            PARALLEL_TOOL_CALLS,
                            LOGPROBS,
                            IMAGE_OUTPUT)));

    private BuiltInProviders() {}

    /** OpenAI's interface at another house; none of these knows the role {@code developer}. */
    private static Known compatible(String name, String baseUrl, UnsupportedParameter... refuses) {
        Set<UnsupportedParameter> all = new HashSet<>(Set.of(refuses));
        all.add(DEVELOPER_ROLE);
        return new Known(name, "openai", baseUrl, true, Set.copyOf(all));
    }

    static List<String> names() {
        return KNOWN.stream().map(Known::name).toList();
    }
}
