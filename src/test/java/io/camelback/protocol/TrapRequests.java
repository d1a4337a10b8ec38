package io.camelback.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests for a provider of each format, and what it gets. */
final class TrapRequests {
    private TrapRequests() {}

    /** Where a request may go. */
    enum To {
        OPENAI(new OpenAiChatProviderCodec(), "openai", "gpt-6-sol"),
        GROQ(new OpenAiChatProviderCodec(), "groq", "llama-4"),
        MISTRAL(new OpenAiChatProviderCodec(), "mistral", "mistral-large"),
        LOCAL(new OpenAiChatProviderCodec(), "local", "llama3"),
        RESPONSES(new OpenAiResponsesProviderCodec(), "openai", "gpt-6-sol"),
        ANTHROPIC(new AnthropicProviderCodec(), "anthropic", "claude-sonnet-5-5"),
        GEMINI(new GeminiProviderCodec(), "gemini", "gemini-4-argon");

        final ProviderCodec dialect;
        final ProviderModel target;

        To(ProviderCodec codec, String provider, String model) {
            this.dialect = codec;
            this.target = new ProviderModel(model, 0, Set.of(), provider);
        }

        ObjectNode write(ChatRequest request, UnsupportedParameter... refuses) {
            ProviderModel fitted = new ProviderModel(target.model(), 0, Set.of(refuses), target.provider());
            return dialect.writeRequest(
                    ToolNames.of(request, dialect.toolNames()).sent(request), fitted, false);
        }

        /** The turns, whatever the dialect calls them. */
        JsonNode turns(ObjectNode body) {
            return this == GEMINI
                    ? body.path("contents")
                    : this == RESPONSES ? body.path("input") : body.path("messages");
        }

        /** The names of the tools in the request's list. */
        List<String> tools(ObjectNode body) {
            List<String> names = new ArrayList<>();
            JsonNode list = this == GEMINI ? body.at("/tools/0/functionDeclarations") : body.path("tools");
            list.forEach(tool -> names.add((tool.has("function") ? tool.path("function") : tool)
                    .path("name")
                    .asText()));
            return names;
        }
    }

    static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, arguments);
    }

    static ChatRequest endpoint(String json) {
        return new OpenAiChatClientCodec().readRequest(json(json));
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
