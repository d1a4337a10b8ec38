package io.camelback.protocol.openai.chat.provider;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import java.util.List;

/** Requests, and how they are written for a server of Chat Completions. */
final class OpenAiRequestSamples {
    static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
    static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    static final String ASK_JSON = "Answer with one JSON object and nothing else: no code fence, no text around it.";

    private OpenAiRequestSamples() {}

    static String messages(String... messages) {
        return "\"messages\":[" + String.join(",", messages) + "]";
    }

    static ChatRequest user(Part part) {
        return ChatRequest.builder("m")
                .message(new Message(Role.USER, List.of(part)))
                .build();
    }
}
