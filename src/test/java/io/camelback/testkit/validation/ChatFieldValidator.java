package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import java.util.List;
import java.util.Map;

/**
 * Fields of a request for Chat Completions that one model or one maker's server refuses.
 *
 * @see <a href="https://docs.mistral.ai/api/">Mistral's schema, which permits no others</a>
 * @see <a href="https://console.groq.com/docs/openai">what Groq answers with 400</a>
 */
final class ChatFieldValidator {
    private static final Map<UnsupportedParameter, List<String>> REFUSED = Map.ofEntries(
            Map.entry(UnsupportedParameter.TEMPERATURE, List.of("temperature")),
            Map.entry(UnsupportedParameter.TOP_P, List.of("top_p")),
            Map.entry(UnsupportedParameter.SEED, List.of("seed")),
            Map.entry(UnsupportedParameter.PENALTIES, List.of("presence_penalty", "frequency_penalty")),
            Map.entry(UnsupportedParameter.STOP, List.of("stop")),
            Map.entry(UnsupportedParameter.LOGPROBS, List.of("logprobs", "top_logprobs")),
            Map.entry(UnsupportedParameter.EFFORT, List.of("reasoning_effort")),
            Map.entry(UnsupportedParameter.MAX_TOKENS, List.of("max_tokens")),
            Map.entry(UnsupportedParameter.MAX_COMPLETION_TOKENS, List.of("max_completion_tokens")),
            Map.entry(UnsupportedParameter.STREAM_OPTIONS, List.of("stream_options")),
            Map.entry(UnsupportedParameter.PARALLEL_TOOL_CALLS, List.of("parallel_tool_calls")));
    private static final Map<String, List<String>> MAKERS = Map.of(
            "mistral",
            List.of(
                    "max_completion_tokens",
                    "stream_options",
                    "logprobs",
                    "top_logprobs",
                    "logit_bias",
                    "store",
                    "user",
                    "service_tier",
                    "modalities",
                    "audio",
                    "verbosity",
                    "prompt_cache_options",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "seed",
                    "web_search_options",
                    "functions",
                    "function_call"),
            "groq",
            List.of("logprobs", "top_logprobs", "logit_bias"));

    private ChatFieldValidator() {}

    static void check(JsonNode body, ProviderModel target, Findings findings) {
        target.refuses()
                .forEach(
                        what -> REFUSED.getOrDefault(what, List.of()).forEach(field -> refused(body, field, findings)));
        MAKERS.getOrDefault(target.provider(), List.of()).forEach(field -> refused(body, field, findings));
        if (target.provider().equals("groq")) {
            body.path("messages")
                    .forEach(message -> findings.require(
                            !message.has("name")
                                    || message.path("role").asText().equals("tool"),
                            "messages.name",
                            "is refused"));
        }
        findings.require(!body.has("max_tokens") || !body.has("max_completion_tokens"), "max_tokens", "stands twice");
    }

    private static void refused(JsonNode body, String field, Findings findings) {
        findings.require(!body.has(field), field, "is refused");
    }
}
