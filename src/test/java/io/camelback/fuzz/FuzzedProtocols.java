package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The endpoints and the dialects that are fuzzed. */
final class FuzzedProtocols {
    /** How many changes are tried with every build. */
    static final int SOME = 1000;

    private FuzzedProtocols() {}

    static List<ClientCodec> endpoints() {
        return List.of(
                new OpenAiChatClientCodec(),
                new AnthropicClientCodec(),
                new OpenAiResponsesClientCodec(),
                new Addressed(new GeminiClientCodec()));
    }

    static List<ProviderCodec> dialects() {
        return List.of(
                new OpenAiChatProviderCodec(),
                new AnthropicProviderCodec(),
                new OpenAiResponsesProviderCodec(),
                new GeminiProviderCodec());
    }

    /** For each dialect its providers, once with each of these sets of refusals. */
    static Map<ProviderCodec, List<ProviderModel>> targets(List<Set<UnsupportedParameter>> refusals) {
        Map<ProviderCodec, List<ProviderModel>> targets = new LinkedHashMap<>();
        for (ProviderCodec codec : dialects()) {
            List<String> providers = codec.name().equals("openai")
                    ? List.of("openai", "mistral", "deepseek", "local")
                    : List.of(codec.name().equals("responses") ? "openai" : codec.name());
            targets.put(
                    codec,
                    providers.stream()
                            .flatMap(provider -> refusals.stream()
                                    .map(refused -> new ProviderModel(provider + "-model-4", 8192, refused, provider)))
                            .toList());
        }
        return targets;
    }

    /** Gemini's endpoint with the model and the wish to stream, which stand in the URL. */
    private record Addressed(GeminiClientCodec endpoint) implements ClientCodec {
        @Override
        public String name() {
            return endpoint.name();
        }

        @Override
        public ChatRequest readRequest(ObjectNode body) {
            return endpoint.readRequest(body, "m", true);
        }

        @Override
        public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
            return endpoint.writeAnswer(answer, request, requestId);
        }

        @Override
        public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
            return endpoint.streamWriter(request, requestId, created);
        }

        @Override
        public ObjectNode writeError(GatewayError error, String requestId) {
            return endpoint.writeError(error, requestId);
        }
    }
}
