package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderAccount;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A provider's own count of tokens (docs/wire-formats.md 6).
 *
 * @param chats the Kamelet of the deployments whose provider has it
 * @param kamelet the Kamelet that asks for it
 * @param body the request to be counted, from one that would be answered and the provider's name for the model: what
 *     has nothing to do with the count is refused
 * @param path below the Kamelet's address, from the provider's name for the model; null when the Kamelet has all of it
 * @param told where the count stands in the answer
 */
public record ProviderTokenCounter(
        ProviderCodec dialect,
        String chats,
        String kamelet,
        BiFunction<ObjectNode, String, ObjectNode> body,
        UnaryOperator<String> path,
        String told) {
    public static final List<ProviderTokenCounter> ALL = List.of(
            new ProviderTokenCounter(
                    new AnthropicProviderCodec(),
                    "anthropic-chat-action",
                    "anthropic-count-tokens-action",
                    (request, model) ->
                            request.retain(List.of("model", "messages", "system", "tools", "tool_choice", "thinking")),
                    null,
                    "input_tokens"),
            new ProviderTokenCounter(
                    new GeminiProviderCodec(),
                    "gemini-chat-action",
                    "gemini-count-tokens-action",
                    (request, model) -> Json.object()
                            .set(
                                    "generateContentRequest",
                                    Json.object()
                                            .put(
                                                    "model",
                                                    GeminiProviderCodec.path(model, false)
                                                            .replaceFirst(":[^:]*$", ""))
                                            .setAll(request.retain(
                                                    List.of("contents", "systemInstruction", "tools", "toolConfig")))),
                    model -> GeminiProviderCodec.path(model, false).replaceFirst(":[^:]*$", ":countTokens"),
                    "totalTokens"),
            new ProviderTokenCounter(
                    new OpenAiResponsesProviderCodec(),
                    "openai-responses-action",
                    "openai-count-tokens-action",
                    (request, model) -> request.retain(List.of(
                            "model",
                            "input",
                            "instructions",
                            "tools",
                            "tool_choice",
                            "reasoning",
                            "text",
                            "parallel_tool_calls")),
                    null,
                    "input_tokens"));

    /** Empty for a deployment whose provider does not count. */
    public static Optional<ProviderTokenCounter> of(Deployment deployment) {
        return ALL.stream()
                .filter(counter -> counter.chats.equals(deployment.kamelet()))
                .findFirst();
    }

    /** The Kamelet's route for a deployment: no name of an operator's begins like this. */
    public static String route(Deployment deployment) {
        return "_count-" + deployment.name();
    }

    /** Whether the caller speaks the provider's dialect. */
    boolean speaks(ChatRequest request) {
        return request.original() != null && request.original().dialect().equals(dialect.name());
    }

    /** Makes the message what the Kamelet sends. */
    void write(Message message, ChatRequest request, Deployment deployment) {
        ChatRequest fit = new ProviderAccount(dialect, deployment.provider().name()).sent(request);
        ToolNames names = speaks(request) ? ToolNames.UNCHANGED : ToolNames.of(fit, dialect.toolNames());
        ProviderModel target = new ProviderModel(
                deployment.model(),
                0,
                deployment.unsupported(),
                deployment.provider().name());
        ObjectNode counted = body.apply(dialect.writeRequest(names.sent(fit), target, false), deployment.model());
        if (path != null) {
            message.setHeader(Exchange.HTTP_PATH, path.apply(deployment.model()));
        }
        deployment.provider().headers().forEach(message::setHeader);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Json.bytes(counted));
    }
}
