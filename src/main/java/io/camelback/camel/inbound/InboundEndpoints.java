package io.camelback.camel.inbound;

import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import java.util.List;

/** All doors there are. A further one is a line here and a route in {@code routes/api.camel.yaml}. */
public final class InboundEndpoints {
    public static final List<InboundEndpoint> ALL = List.of(
            InboundEndpoint.of(new OpenAiChatClientCodec()),
            InboundEndpoint.of(new AnthropicClientCodec()),
            InboundEndpoint.of(new OpenAiResponsesClientCodec()),
            new InboundEndpoint.Gemini());

    private static final ClientCodec OPENAI = new OpenAiChatClientCodec();
    private static final ClientCodec ANTHROPIC = new AnthropicClientCodec();
    private static final ClientCodec GEMINI = new GeminiClientCodec();

    private InboundEndpoints() {}

    /** In whose words to answer what never came to a route. */
    public static ClientCodec at(String path) {
        if (path != null && path.startsWith("/v1/messages")) {
            return ANTHROPIC;
        }
        return isGoogles(path) ? GEMINI : OPENAI;
    }

    /** Whether Google's clients come here; {@code /v1/models} is OpenAI's as well. */
    static boolean isGoogles(String path) {
        return path != null && (path.startsWith("/v1beta/") || path.startsWith("/v1/models/") && path.contains(":"));
    }
}
