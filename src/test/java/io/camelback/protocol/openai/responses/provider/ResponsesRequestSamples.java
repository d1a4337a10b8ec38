package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ResponsesFixtures;
import java.util.List;

/** Requests for the Responses API. */
final class ResponsesRequestSamples {
    static final Part CALL = new Part.ToolCall("c1", "n", "{}");

    private ResponsesRequestSamples() {}

    static ChatRequestBuilder asking() {
        return ChatRequest.builder("auto").message(Message.user("a"));
    }

    static JsonNode input(ChatRequestBuilder request, UnsupportedParameter... refuses) {
        return ResponsesFixtures.sent(request.build(), refuses).path("input");
    }

    static List<String> types(JsonNode items) {
        return items.findValuesAsText("type").stream()
                .filter(type -> !type.endsWith("text"))
                .toList();
    }
}
