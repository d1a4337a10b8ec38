package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The smallest request in each API format. */
enum ProbeFormat {
    CHAT_COMPLETIONS {
        @Override
        String path(String model) {
            return "/v1/chat/completions";
        }

        @Override
        ObjectNode body(String model) {
            ObjectNode body = Json.object().put("model", model).put("max_tokens", MOST_TOKENS);
            body.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
            return body;
        }
    },
    RESPONSES {
        @Override
        String path(String model) {
            return "/v1/responses";
        }

        @Override
        ObjectNode body(String model) {
            return Json.object()
                    .put("model", model)
                    .put("max_output_tokens", MOST_TOKENS)
                    .put("store", false)
                    .put("input", QUESTION);
        }
    },
    MESSAGES {
        @Override
        String path(String model) {
            return "/v1/messages";
        }

        @Override
        ObjectNode body(String model) {
            return CHAT_COMPLETIONS.body(model);
        }
    },
    GENERATE_CONTENT {
        @Override
        String path(String model) {
            return "/v1beta/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + ":generateContent";
        }

        @Override
        ObjectNode body(String model) {
            ObjectNode body = Json.object();
            body.putArray("contents")
                    .addObject()
                    .put("role", "user")
                    .putArray("parts")
                    .addObject()
                    .put("text", QUESTION);
            body.putObject("generationConfig").put("maxOutputTokens", MOST_TOKENS);
            return body;
        }
    };

    /** Enough for models that think first. */
    private static final int MOST_TOKENS = 1024;

    private static final String QUESTION = "Reply with the word OK.";

    abstract String path(String model);

    abstract ObjectNode body(String model);
}
