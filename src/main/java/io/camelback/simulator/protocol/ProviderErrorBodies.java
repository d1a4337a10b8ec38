package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.Map;

/** Error bodies as the real providers send them (docs/wire-formats.md 4.1, 4.5). */
public final class ProviderErrorBodies {
    /** From a content delivery network: no provider, no JSON. */
    public static final String HTML = """
            <!DOCTYPE html>
            <html lang="en-US">
            <head><title>Simulated | 502: Bad gateway</title></head>
            <body><h1>Bad gateway <span>Error code 502</span></h1><p>The web server reported a bad gateway error.</p></body>
            </html>
            """;

    private static final Map<Integer, String> GEMINI_STATUS = Map.ofEntries(
            Map.entry(401, "UNAUTHENTICATED"),
            Map.entry(403, "PERMISSION_DENIED"),
            Map.entry(404, "NOT_FOUND"),
            Map.entry(409, "ABORTED"),
            Map.entry(429, "RESOURCE_EXHAUSTED"),
            Map.entry(499, "CANCELLED"),
            Map.entry(501, "UNIMPLEMENTED"),
            Map.entry(503, "UNAVAILABLE"),
            Map.entry(504, "DEADLINE_EXCEEDED"),
            Map.entry(529, "UNAVAILABLE"));
    private static final Map<Integer, String> ANTHROPIC_TYPE = Map.ofEntries(
            Map.entry(401, "authentication_error"),
            Map.entry(402, "billing_error"),
            Map.entry(403, "permission_error"),
            Map.entry(404, "not_found_error"),
            Map.entry(409, "conflict_error"),
            Map.entry(413, "request_too_large"),
            Map.entry(429, "rate_limit_error"),
            Map.entry(504, "timeout_error"),
            Map.entry(529, "overloaded_error"));

    private ProviderErrorBodies() {}

    /** Whether a status comes from the network before the provider, with a page instead of JSON. */
    public static boolean html(int status) {
        return status >= 520 && status <= 526;
    }

    static ObjectNode openAi(int status, String model) {
        return switch (status) {
            case 401 -> openAi("Incorrect API key provided.", "invalid_request_error", null, "invalid_api_key");
            case 402 -> openAi("Insufficient Balance", "unknown_error", null, "invalid_request_error");
            case 403 -> openAi("Your project has no access to this model.", "permission_error", null, null);
            case 404 ->
                openAi(
                        "The model `" + model + "` does not exist or you do not have access to it.",
                        "invalid_request_error",
                        null,
                        "model_not_found");
            case 413 -> openAi("The request is too large.", "invalid_request_error", null, "request_too_large");
            case 429 ->
                openAi(
                        "Rate limit reached for " + model + " on requests per min (RPM).",
                        "requests",
                        null,
                        "rate_limit_exceeded");
            case 503, 529 ->
                openAi(
                        "The engine is currently overloaded, please try again later.",
                        "server_error",
                        null,
                        "server_is_overloaded");
            case 504 -> openAi("The request timed out.", "server_error", null, "timeout");
            default ->
                status >= 500
                        ? openAi(
                                "The server had an error while processing your request. Sorry about that!",
                                "server_error",
                                null,
                                null)
                        : openAi("Invalid value for 'messages'.", "invalid_request_error", "messages", "invalid_value");
        };
    }

    private static ObjectNode openAi(String message, String type, String param, String code) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }

    static ObjectNode anthropic(int status, String model, String requestId) {
        String type = ANTHROPIC_TYPE.getOrDefault(status, status >= 500 ? "api_error" : "invalid_request_error");
        String message = switch (status) {
            case 400 -> "messages: at least one message is required";
            case 401 -> "invalid x-api-key";
            case 402 -> "Your credit balance is too low to access the Anthropic API.";
            case 404 -> "model: " + model;
            case 413 -> "Request exceeds the maximum size";
            case 429 -> "This request would exceed your organization's rate limit.";
            case 529 -> "Overloaded";
            default -> status >= 500 ? "Internal server error" : "Invalid request";
        };
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return body.put("request_id", requestId);
    }

    static ObjectNode gemini(int status, String model, String retryAfter) {
        String word = GEMINI_STATUS.getOrDefault(status, status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT");
        String message = switch (status) {
            case 401 -> "Request had invalid authentication credentials.";
            case 404 -> "models/" + model + " is not found for API version v1beta.";
            case 429 -> "You exceeded your current quota, please check your plan and billing details.";
            case 503, 529 -> "The model is overloaded. Please try again later.";
            default -> status >= 500 ? "An internal error has occurred." : "Request contains an invalid argument.";
        };
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error")
                .put("code", status)
                .put("message", message)
                .put("status", word);
        if (retryAfter != null && retryAfter.matches("\\d+")) {
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                    .put("retryDelay", retryAfter + "s");
        }
        return body;
    }
}
