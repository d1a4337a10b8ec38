package io.camelback.config;

import static io.camelback.dialect.Refusal.DEVELOPER_ROLE;
import static io.camelback.dialect.Refusal.FORCED_TOOL_CHOICE;
import static io.camelback.dialect.Refusal.IMAGE_OUTPUT;
import static io.camelback.dialect.Refusal.JSON_MODE;
import static io.camelback.dialect.Refusal.JSON_SCHEMA;
import static io.camelback.dialect.Refusal.LATE_SYSTEM;
import static io.camelback.dialect.Refusal.LOGPROBS;
import static io.camelback.dialect.Refusal.MAX_COMPLETION_TOKENS;
import static io.camelback.dialect.Refusal.MESSAGE_NAME;
import static io.camelback.dialect.Refusal.PARALLEL_TOOL_CALLS;
import static io.camelback.dialect.Refusal.PENALTIES;
import static io.camelback.dialect.Refusal.PREFILL;
import static io.camelback.dialect.Refusal.SEED;
import static io.camelback.dialect.Refusal.STOP;
import static io.camelback.dialect.Refusal.STREAM_OPTIONS;
import static io.camelback.dialect.Refusal.STRICT_TOOLS;

import io.camelback.dialect.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The providers known out of the box, each with its key in {@code <NAME>_API_KEY} and its address in {@code <NAME>_BASE_URL}.
 * What they refuse is from their documentation (docs/wire-formats.md, sections 1.5, 1.7, 5 and 9); what only some of their models
 * refuse stands beside the deployments.
 */
final class Providers {
    static final List<String> DIALECTS = List.of("openai", "anthropic", "gemini");

    /** What a server of OpenAI's interface is taken to refuse when nothing else is known of it. */
    static final Set<Refusal> MOST_COMPATIBLES = Set.of(DEVELOPER_ROLE, MAX_COMPLETION_TOKENS);

    /** @param name also of its environment variables, in capitals */
    record Known(String name, String dialect, String baseUrl, boolean keyRequired, Set<Refusal> refuses) {
        String variable(String suffix) {
            return name.toUpperCase(Locale.ROOT) + suffix;
        }
    }

    static final List<Known> KNOWN = List.of(
            new Known("openai", "openai", "https://api.openai.com/v1", true, Set.of(IMAGE_OUTPUT)),
            new Known("anthropic", "anthropic", "https://api.anthropic.com", true, Set.of()),
            new Known("gemini", "gemini", "https://generativelanguage.googleapis.com", true, Set.of()),
            compatible("deepseek", "https://api.deepseek.com/v1", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, JSON_SCHEMA, SEED,
                    STRICT_TOOLS),
            compatible("openrouter", "https://openrouter.ai/api/v1"),
            compatible("mistral", "https://api.mistral.ai/v1", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, STREAM_OPTIONS, SEED,
                    LOGPROBS,
                    MESSAGE_NAME, PREFILL),
            compatible("groq", "https://api.groq.com/openai/v1", IMAGE_OUTPUT, LOGPROBS, MESSAGE_NAME),
            compatible("xai", "https://api.x.ai/v1", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, PENALTIES, STOP),
            compatible("zai", "https://api.z.ai/api/paas/v4", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, FORCED_TOOL_CHOICE,
                    JSON_SCHEMA),
            compatible("minimax", "https://api.minimax.io/v1", IMAGE_OUTPUT, MAX_COMPLETION_TOKENS, FORCED_TOOL_CHOICE,
                    STRICT_TOOLS,
                    JSON_SCHEMA, JSON_MODE, SEED, PENALTIES, PARALLEL_TOOL_CALLS),
            compatible("nanogpt", "https://nano-gpt.com/api/v1", MAX_COMPLETION_TOKENS),
            new Known("local", "openai", "http://127.0.0.1:11434/v1", false, Set.of(DEVELOPER_ROLE, MAX_COMPLETION_TOKENS,
                    LATE_SYSTEM, MESSAGE_NAME, FORCED_TOOL_CHOICE, PARALLEL_TOOL_CALLS, LOGPROBS, IMAGE_OUTPUT)));

    private Providers() { }

    /** OpenAI's interface at another house; none of these knows the role {@code developer}. */
    private static Known compatible(String name, String baseUrl, Refusal... refuses) {
        Set<Refusal> all = new HashSet<>(Set.of(refuses));
        all.add(DEVELOPER_ROLE);
        return new Known(name, "openai", baseUrl, true, Set.copyOf(all));
    }

    static List<String> names() {
        return KNOWN.stream().map(Known::name).toList();
    }
}
