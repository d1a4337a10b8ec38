package io.camelback.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.Set;

/** A dialect as the caller's and as the provider's. */
public enum BenchmarkProtocol {
    OPENAI(new OpenAiChatClientCodec(), new OpenAiChatProviderCodec(), "openai", "gpt-6-sol"),
    RESPONSES(new OpenAiResponsesClientCodec(), new OpenAiResponsesProviderCodec(), "openai", "gpt-6-sol"),
    ANTHROPIC(new AnthropicClientCodec(), new AnthropicProviderCodec(), "anthropic", "claude-sonnet-5-5"),
    GEMINI(new GeminiClientCodec(), new GeminiProviderCodec(), "gemini", "gemini-4-argon");

    private final ClientCodec codec;
    private final ProviderCodec dialect;
    private final ProviderModel target;

    BenchmarkProtocol(ClientCodec codec, ProviderCodec dialect, String provider, String model) {
        this.codec = codec;
        this.dialect = dialect;
        this.target = new ProviderModel(model, 65_536, Set.of(), provider);
    }

    ClientCodec endpoint() {
        return codec;
    }

    ProviderCodec dialect() {
        return dialect;
    }

    ProviderModel target() {
        return target;
    }

    ChatRequest read(ObjectNode body) {
        return codec instanceof GeminiClientCodec gemini
                ? gemini.readRequest(body, "m", true)
                : codec.readRequest(body);
    }
}
