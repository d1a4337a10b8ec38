package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;

/**
 * The {@code error} of a failed response: a code and a message, and no type. Codex reads the code: it sends the request
 * again unless the code says that this would be of no use.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/object">OpenAI's reference</a>
 */
final class ResponsesErrorJson {
    private static final int TOO_MANY_REQUESTS = 429;

    private ResponsesErrorJson() {}

    static ObjectNode write(GatewayError error, String message) {
        return Json.object().put("code", code(error)).put("message", message);
    }

    /** OpenAI's own word for a fault of the caller's; a server's fault keeps the word that says which. */
    private static String code(GatewayError error) {
        if (error.code().equals("budget_exceeded")) {
            return "insufficient_quota";
        }
        if (error.status() == TOO_MANY_REQUESTS) {
            return "rate_limit_exceeded";
        }
        boolean callers = error.status() < TOO_MANY_REQUESTS && !error.code().equals("context_length_exceeded");
        return callers ? "invalid_prompt" : error.code();
    }
}
