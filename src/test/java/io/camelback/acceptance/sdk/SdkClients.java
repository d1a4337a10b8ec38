package io.camelback.acceptance.sdk;

import io.camelback.acceptance.sdk.SdkConversation.Wish;
import io.camelback.testkit.RunningGateway;
import java.net.URI;
import java.util.List;

/** The official clients, unchanged but for the address. None tries again by itself. */
public enum SdkClients {
    OPENAI_CHAT,
    OPENAI_RESPONSES,
    ANTHROPIC,
    GOOGLE;

    /** The tool that is offered with {@link Wish#TOOL}. */
    static final String TOOL = "weather";

    public SdkConversation talk(RunningGateway gateway, Wish... wishes) {
        URI base = gateway.uri("");
        List<Wish> all = List.of(wishes);
        return switch (this) {
            case OPENAI_CHAT -> new OpenAiChatConversation(base, all);
            case OPENAI_RESPONSES -> new ResponsesConversation(base, all);
            case ANTHROPIC -> new AnthropicConversation(base, all);
            case GOOGLE -> new GeminiConversation(base, all);
        };
    }

    /** What this client calls a finish. */
    String finish(boolean calling) {
        return switch (this) {
            case OPENAI_CHAT -> calling ? "tool_calls" : "stop";
            case OPENAI_RESPONSES -> "completed";
            case ANTHROPIC -> calling ? "tool_use" : "end_turn";
            case GOOGLE -> "STOP";
        };
    }
}
