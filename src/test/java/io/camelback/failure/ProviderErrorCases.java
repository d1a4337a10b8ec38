package io.camelback.failure;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What is read from each shape of error. */
final class ProviderErrorCases {
    private ProviderErrorCases() {}

    static Stream<Arguments> shapes() {
        return Stream.of(
                // body, type, code, param, status, reasons, a piece of the message
                arguments(
                        ProviderErrorBody.OPENAI_RATE,
                        "tokens",
                        "rate_limit_exceeded",
                        null,
                        null,
                        List.of(),
                        "try again in 6m0s"),
                arguments(
                        ProviderErrorBody.OPENAI_PARAM,
                        "invalid_request_error",
                        "unsupported_value",
                        "temperature",
                        null,
                        List.of(),
                        "0.2"),
                arguments(
                        ProviderErrorBody.RESPONSES_FAILED,
                        null,
                        "server_error",
                        null,
                        null,
                        List.of(),
                        "An error occurred."),
                arguments(
                        ProviderErrorBody.RESPONSES_ERROR_EVENT,
                        null,
                        "rate_limit_exceeded",
                        null,
                        null,
                        List.of(),
                        "Slow down."),
                arguments(
                        ProviderErrorBody.ANTHROPIC_OVERLOADED,
                        "overloaded_error",
                        null,
                        null,
                        null,
                        List.of(),
                        "Overloaded"),
                arguments(
                        ProviderErrorBody.ANTHROPIC_SPEND,
                        "rate_limit_error",
                        null,
                        null,
                        null,
                        List.of("enforced_spend_limit_reached"),
                        "spend limit"),
                arguments(
                        ProviderErrorBody.ANTHROPIC_PARAM,
                        "invalid_request_error",
                        null,
                        "messages.0.content.1.text",
                        null,
                        List.of(),
                        "non-empty"),
                arguments(
                        ProviderErrorBody.GEMINI_MINUTE,
                        null,
                        "429",
                        null,
                        "RESOURCE_EXHAUSTED",
                        List.of("GenerateRequestsPerMinutePerProjectPerModel"),
                        "retry in 37.2s"),
                arguments(
                        ProviderErrorBody.GEMINI_DAY,
                        null,
                        "429",
                        null,
                        "RESOURCE_EXHAUSTED",
                        List.of("RATE_LIMIT_EXCEEDED", "GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                        "quota"),
                arguments(
                        ProviderErrorBody.GEMINI_KEY,
                        null,
                        "400",
                        null,
                        "INVALID_ARGUMENT",
                        List.of("API_KEY_INVALID"),
                        "not valid"),
                arguments(
                        ProviderErrorBody.GEMINI_FIELD,
                        null,
                        "400",
                        "generation_config.top_k",
                        "INVALID_ARGUMENT",
                        List.of(),
                        "Invalid"),
                arguments(
                        ProviderErrorBody.GEMINI_COMPAT_ARRAY,
                        null,
                        "404",
                        null,
                        "NOT_FOUND",
                        List.of(),
                        "is not found"),
                arguments(
                        ProviderErrorBody.GEMINI_INTERACTIONS,
                        null,
                        "invalid_request",
                        null,
                        null,
                        List.of(),
                        "Bad input"),
                arguments(
                        ProviderErrorBody.AZURE_FILTER,
                        null,
                        "content_filter",
                        "prompt",
                        null,
                        List.of("ResponsibleAIPolicyViolation"),
                        "filtered"),
                arguments(ProviderErrorBody.AZURE_GATEWAY, null, "401", null, null, List.of(), "Access denied"),
                arguments(ProviderErrorBody.BEDROCK_PLAIN, null, null, null, null, List.of(), "Too many tokens"),
                arguments(
                        ProviderErrorBody.BEDROCK_TYPED,
                        "ThrottlingException",
                        null,
                        null,
                        null,
                        List.of(),
                        "Too many requests"),
                arguments(ProviderErrorBody.OPENROUTER, null, "502", null, null, List.of(), "upstream connect error"),
                arguments(
                        ProviderErrorBody.OPENROUTER_MODERATION,
                        null,
                        "403",
                        null,
                        null,
                        List.of("flagged_input"),
                        "flagged"),
                arguments(ProviderErrorBody.OPENROUTER_CHOICE, null, "502", null, null, List.of(), "disconnected"),
                arguments(
                        ProviderErrorBody.MISTRAL_FLAT,
                        "invalid_model",
                        "1500",
                        null,
                        null,
                        List.of(),
                        "Invalid model"),
                arguments(
                        ProviderErrorBody.MISTRAL_VALIDATION,
                        "extra_forbidden",
                        null,
                        "messages.0.name",
                        null,
                        List.of(),
                        "Extra inputs"),
                arguments(ProviderErrorBody.MISTRAL_NEW, null, null, null, null, List.of(), "rate limit exceeded"),
                arguments(
                        ProviderErrorBody.XAI_TEXT_CODE,
                        null,
                        "Client specified an invalid argument",
                        null,
                        null,
                        List.of(),
                        "Incorrect API key"),
                arguments(ProviderErrorBody.XAI_TEXT, null, null, null, null, List.of(), "maximum prompt length"),
                arguments(
                        ProviderErrorBody.GROQ_TOOL,
                        "invalid_request_error",
                        "tool_use_failed",
                        null,
                        null,
                        List.of(),
                        "Failed to call"),
                arguments(
                        ProviderErrorBody.DEEPSEEK_BALANCE,
                        "unknown_error",
                        "invalid_request_error",
                        null,
                        null,
                        List.of(),
                        "Balance"),
                arguments(ProviderErrorBody.ZAI_BALANCE, null, "1113", null, null, List.of(), "Insufficient"),
                arguments(ProviderErrorBody.MINIMAX_RATE, null, "1002", null, null, List.of(), "rate limit"),
                arguments(ProviderErrorBody.OLLAMA_NATIVE, null, null, null, null, List.of(), "not found"),
                arguments(
                        ProviderErrorBody.LLAMACPP_CONTEXT,
                        "exceed_context_size_error",
                        "400",
                        null,
                        null,
                        List.of(),
                        "available context"),
                arguments(
                        ProviderErrorBody.VLLM_CONTEXT,
                        "BadRequestError",
                        "400",
                        null,
                        null,
                        List.of(),
                        "maximum context length"),
                arguments(
                        ProviderErrorBody.VLLM_FLAT, "NotFoundError", "404", null, null, List.of(), "does not exist"));
    }
}
