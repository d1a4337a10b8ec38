package io.camelback.protocol.gemini.provider;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.testkit.GeminiFixtures;

/** What several of {@link GeminiRequestCases} ask for. */
final class GeminiRequestSamples {
    private GeminiRequestSamples() {}

    static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, arguments);
    }

    static Tool weather() {
        return new Tool("weather", "Weather of a city", GeminiFixtures.parse("""
                {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,
                 "properties":{"city":{"type":"string","minLength":1,"pattern":"^[A-Z]"},"unit":{"const":"C","default":"C"}},
                 "required":["city"]}"""), true);
    }

    static ResponseFormat city() {
        return new ResponseFormat.JsonSchema("city", "A city", GeminiFixtures.parse("""
                {"type":"object","properties":{"name":{"type":"string","examples":["Rome"]}},"required":["name"]}"""), true);
    }

    static ChatRequest schemaAndTools() {
        return ChatRequest.builder("auto")
                .message(Message.user("Paris?"))
                .tool(new Tool("now", "The time", null, null))
                .toolChoice(ToolChoice.REQUIRED)
                .format(city())
                .effort(ChatRequest.Effort.MINIMAL)
                .maxOutputTokens(4000)
                .build();
    }
}
