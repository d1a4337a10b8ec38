package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.Set;

/**
 * A dialect as the matrix uses it: its endpoint, its provider's side, and a current model of its maker that takes
 * everything.
 */
public enum TestProtocol {
    OPENAI(
            new OpenAiChatClientCodec(),
            new OpenAiChatProviderCodec(),
            new ProviderModel("gpt-5.2", 128_000, Set.of(), "openai")),
    ANTHROPIC(
            new AnthropicClientCodec(),
            new AnthropicProviderCodec(),
            new ProviderModel("claude-sonnet-4-6", 64_000, Set.of(), "anthropic")),
    GEMINI(
            new GeminiClientCodec(),
            new GeminiProviderCodec(),
            new ProviderModel("gemini-3.5-pro", 65_536, Set.of(), "gemini")),
    RESPONSES(
            new OpenAiResponsesClientCodec(),
            new OpenAiResponsesProviderCodec(),
            new ProviderModel("gpt-6-sol", 128_000, Set.of(), "openai"));

    public final ClientCodec endpoint;
    public final ProviderCodec dialect;
    public final ProviderModel target;

    TestProtocol(ClientCodec codec, ProviderCodec dialect, ProviderModel target) {
        this.endpoint = codec;
        this.dialect = dialect;
        this.target = target;
    }

    /** The folder of its fixtures, and its name in the gateway. */
    public String key() {
        return endpoint.name();
    }

    public ChatRequest read(ObjectNode body) {
        return endpoint instanceof GeminiClientCodec gemini
                ? gemini.readRequest(body, "auto", false)
                : endpoint.readRequest(body);
    }

    /** As the gateway writes it: tools have names that the provider takes, but for a request of its own dialect. */
    public ObjectNode write(ChatRequest request, boolean stream) {
        boolean own = request.original() != null && request.original().dialect().equals(dialect.name());
        ToolNames names = own ? ToolNames.UNCHANGED : ToolNames.of(request, dialect.toolNames());
        return dialect.writeRequest(names.sent(request), target, stream);
    }

    @Override
    public String toString() {
        return key();
    }
}
