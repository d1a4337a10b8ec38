package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;

/** Errors in the form that OpenAI's clients read (docs/wire-formats.md 4.5). */
final class OpenAiErrors {
    private static final String NO_FUNDS = "insufficient_quota";

    private OpenAiErrors() {}

    static ObjectNode write(GatewayError error, String requestId) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", error.message() + " (request id " + requestId + ")")
                .put("type", type(error))
                .put("param", error.param())
                .put("code", error.status() == 401 ? "invalid_api_key" : error.code());
        return body;
    }

    private static String type(GatewayError error) {
        int status = error.status();
        if (status >= 500) {
            return "server_error";
        }
        if (NO_FUNDS.equals(error.code()) || status == 402) {
            return NO_FUNDS;
        }
        return switch (status) {
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> "invalid_request_error";
        };
    }
}
