package io.camelback.protocol;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a maker's server answers with an error although others of its format take it: the table by which requests are
 * fitted, also where caller and provider speak the same format. {@code explain} prints it. Each row has its public
 * source.
 */
public enum ProviderLimit {
    CALL_ID_40("ids of tool calls have at most 40 characters", "https://github.com/BerriAI/litellm/issues/17343"),
    CALL_ID_64("ids of tool calls have at most 64 characters", "https://github.com/orchidfiles/ungate/issues/26"),
    EMPTY_TOOL_CALLS("no empty list of tool calls", "https://github.com/vllm-project/vllm/issues/44104"),
    EMPTY_TOOLS("no choice without tools", "https://github.com/vllm-project/vllm/issues/39780"),
    EMPTY_TURN("no turn that says nothing", "https://github.com/vercel/ai/issues/14950"),
    NULL_FIELDS("no fields that are null", "https://github.com/github/copilot-sdk/issues/2061"),
    UNKNOWN_FIELDS("no private fields in messages and tools", "https://github.com/github/copilot-sdk/issues/1129"),
    TOOL_PICTURES("no pictures in tool messages", "https://github.com/QwenLM/qwen-code/issues/3616"),
    THINKING_PARTS("no parts of thinking", "https://github.com/vercel/ai/issues/17930"),
    FOREIGN_REASONING("reasoning in the format's own words", "https://github.com/mnfst/llm-gateway/issues/2782"),
    PLAIN_ROOT("tool schemas with one object at the root", "https://github.com/langchain-ai/langchain/issues/39271"),
    ROOT_PROPERTIES("tool schemas with properties", "https://github.com/github/copilot-cli/issues/2223"),
    ARRAY_ITEMS("arrays that say what they hold", "https://github.com/digitalocean-labs/mcp-digitalocean/issues/265"),
    ARGUMENT_NAMES(
            "names of arguments that match [a-zA-Z0-9_.-]{1,64}",
            "https://github.com/anthropics/claude-code/issues/79418"),
    BLANK_TEXT("no empty and no blank texts", "https://github.com/anthropics/claude-code/issues/88536"),
    IMAGE_LABEL("pictures labelled as what they are", "https://github.com/BerriAI/litellm/issues/24900");

    private static final Set<ProviderLimit> COMPATIBLE = EnumSet.of(
            CALL_ID_40,
            EMPTY_TOOL_CALLS,
            EMPTY_TOOLS,
            EMPTY_TURN,
            NULL_FIELDS,
            UNKNOWN_FIELDS,
            TOOL_PICTURES,
            THINKING_PARTS);
    /** Of those that are known to refuse the words of others for thinking; their own they take. */
    private static final Set<ProviderLimit> OWN_WORDS = with(COMPATIBLE, FOREIGN_REASONING);

    private static final Set<ProviderLimit> OPENAI = EnumSet.of(
            CALL_ID_40,
            EMPTY_TOOL_CALLS,
            EMPTY_TOOLS,
            EMPTY_TURN,
            TOOL_PICTURES,
            THINKING_PARTS,
            FOREIGN_REASONING,
            PLAIN_ROOT,
            ROOT_PROPERTIES,
            ARRAY_ITEMS);

    /** By format and provider; of providers that are not named here the format's row holds. */
    private static final Map<String, Set<ProviderLimit>> TABLE = Map.ofEntries(
            Map.entry("openai", COMPATIBLE),
            Map.entry("openai/openai", OPENAI),
            Map.entry("openai/azure", OPENAI),
            Map.entry("openai/openrouter", without(OWN_WORDS, TOOL_PICTURES)),
            Map.entry("openai/local", without(COMPATIBLE, TOOL_PICTURES)),
            Map.entry("openai/mistral", without(OWN_WORDS, THINKING_PARTS)),
            Map.entry("openai/groq", OWN_WORDS),
            Map.entry("openai/xai", OWN_WORDS),
            Map.entry("openai/minimax", OWN_WORDS),
            Map.entry("openai/deepseek", OWN_WORDS),
            Map.entry("openai/zai", OWN_WORDS),
            Map.entry("responses", EnumSet.of(CALL_ID_64, EMPTY_TOOLS)),
            Map.entry(
                    "responses/openai", EnumSet.of(CALL_ID_64, EMPTY_TOOLS, PLAIN_ROOT, ROOT_PROPERTIES, ARRAY_ITEMS)),
            Map.entry("anthropic", EnumSet.of(EMPTY_TOOLS, PLAIN_ROOT, ARGUMENT_NAMES, BLANK_TEXT, IMAGE_LABEL)),
            Map.entry("gemini", EnumSet.of(EMPTY_TOOLS)));

    private final String title;
    private final String source;

    ProviderLimit(String title, String source) {
        this.title = title;
        this.source = source;
    }

    private static Set<ProviderLimit> with(Set<ProviderLimit> all, ProviderLimit more) {
        Set<ProviderLimit> rest = EnumSet.copyOf(all);
        rest.add(more);
        return rest;
    }

    private static Set<ProviderLimit> without(Set<ProviderLimit> all, ProviderLimit... gone) {
        Set<ProviderLimit> rest = EnumSet.copyOf(all);
        rest.removeAll(Set.of(gone));
        return rest;
    }

    /** The limits of a provider. @param format the API format that it speaks, e.g. {@code openai} */
    public static Set<ProviderLimit> of(String format, String provider) {
        Set<ProviderLimit> known = TABLE.get(format + "/" + provider);
        return Set.copyOf(known == null ? TABLE.getOrDefault(format, Set.of()) : known);
    }

    /** What the server takes, in a few words. */
    public String title() {
        return title;
    }

    /** Where it was reported. */
    public String source() {
        return source;
    }
}
