package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicArguments;
import io.camelback.protocol.anthropic.AnthropicCitations;
import io.camelback.protocol.anthropic.AnthropicIds;
import io.camelback.protocol.anthropic.AnthropicParts;
import io.camelback.protocol.anthropic.AnthropicStopReason;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import io.camelback.protocol.support.SurrogateSanitizer;
import io.camelback.protocol.support.UniqueIds;
import java.util.List;

/**
 * Writes an answer as a {@code message}; one that came in this dialect goes out as it came, but for blocks that hold
 * nothing. Other candidates than the first are left out, as the dialect has no place for them.
 */
final class AnthropicAnswerWriter {
    private final ArrayNode content;
    private final String answerId;
    private final UniqueIds callIds = new UniqueIds();
    private final boolean cut;
    private final List<Citation> citations;
    private int said;

    private AnthropicAnswerWriter(ArrayNode content, String answerId, boolean cut, List<Citation> citations) {
        this.content = content;
        this.answerId = answerId;
        this.cut = cut;
        this.citations = citations;
    }

    static ObjectNode write(ChatAnswer answer, ChatRequest request, String requestId) {
        if (answer.original() != null
                && ProtocolNames.ANTHROPIC.equals(answer.original().dialect())) {
            return JsonNodes.mapArray(
                    answer.original().body(), "content", block -> EmptyBlockFilter.isEmpty(block) ? null : block);
        }
        String model = answer.model() == null && request != null ? request.model() : answer.model();
        ObjectNode message = AnthropicJson.message(requestId, model, answer.usage());
        ChatAnswer.Choice choice = first(answer.choices());
        boolean cut = choice.finish().reason() == FinishReason.Kind.LENGTH;
        AnthropicAnswerWriter writer =
                new AnthropicAnswerWriter((ArrayNode) message.get("content"), requestId, cut, choice.citations());
        choice.parts().forEach(writer::add);
        boolean calls = Part.any(choice.parts(), Part.ToolCall.class);
        message.put("stop_reason", AnthropicStopReason.write(choice.finish(), calls));
        message.put("stop_sequence", choice.finish().stopSequence());
        return SurrogateSanitizer.replaceIn(message);
    }

    private static ChatAnswer.Choice first(List<ChatAnswer.Choice> choices) {
        return choices.stream()
                .filter(choice -> choice.index() == 0)
                .findFirst()
                .orElse(new ChatAnswer.Choice(0, List.of(), FinishReason.STOP));
    }

    private void add(Part part) {
        if (part instanceof Part.Text text) {
            content.addAll(text.text().isEmpty() ? List.of() : AnthropicCitations.blocks(text.text(), said, citations));
            said += text.text().length();
        } else if (part instanceof Part.Refusal refusal) {
            addText(refusal.text());
        } else if (part instanceof Part.Thinking thinking) {
            addThinking(thinking);
        } else if (part instanceof Part.ToolCall call) {
            if (call.signature() != null) {
                content.add(AnthropicJson.thinking(
                        "", ForeignThinkingToken.write(ForeignThinkingToken.CALL, call.signature())));
            }
            content.add(AnthropicJson.toolUse(
                    AnthropicIds.told(call.id(), answerId, callIds),
                    call.name(),
                    AnthropicArguments.answered(call.arguments(), cut)));
        } else if (part instanceof Part.Opaque opaque && ProtocolNames.ANTHROPIC.equals(opaque.dialect())) {
            content.add(opaque.node());
        }
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            content.add(AnthropicParts.text(text));
        }
    }

    private void addThinking(Part.Thinking thinking) {
        if (thinking.redacted() != null) {
            content.add(AnthropicJson.redacted(thinking.redacted(), thinking.origin()));
        } else if (!thinking.text().isEmpty() || thinking.signature() != null) {
            String proof = AnthropicJson.proof(thinking.signature(), thinking.origin());
            content.add(AnthropicJson.thinking(thinking.text(), proof));
        }
    }
}
