package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an assistant's turn as a caller sends it back. Blocks of types not known here were made by a provider, so they
 * are no error: what can be read in them is told as text, the rest stays in the original.
 */
final class AnthropicAssistantReader {
    private static final List<String> USERS = List.of("tool_result", "tool_calls", "image_url", "input_text");

    private final List<Part> parts = new ArrayList<>();
    /** What a block before a call carries for it. */
    private String callSignature;

    private AnthropicAssistantReader() {}

    static List<Part> read(RequestFields turn) {
        AnthropicAssistantReader reader = new AnthropicAssistantReader();
        JsonNode content = turn.get("content");
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw turn.invalid("content", "must be a string or an array of blocks");
        }
        for (int i = 0; i < content.size(); i++) {
            RequestFields block = turn.element("content", i);
            reader.add(block);
            CacheControlFields.read(block.node(), reader.parts);
        }
        return reader.parts;
    }

    private void add(RequestFields block) {
        String type = block.name("type");
        switch (type) {
            case "text" -> parts.add(new Part.Text(AnthropicBlockReader.text(block, "text")));
            case "thinking" -> addThinking(AnthropicBlockReader.text(block, "thinking"), block.string("signature"));
            case "redacted_thinking" -> addRedacted(block.name("data"));
            case "tool_use" -> addCall(block);
            default -> {
                if (USERS.contains(type)) {
                    throw block.invalid("type", "must not be " + type + " in an assistant message");
                }
                addReadable(type, block.node());
            }
        }
    }

    private void addThinking(String text, String signature) {
        if (!ForeignThinkingToken.isMarked(signature)) {
            parts.add(new Part.Thinking(text, signature, null, ProtocolNames.ANTHROPIC));
            return;
        }
        ForeignThinkingToken mark = ForeignThinkingToken.read(signature);
        boolean forCall = mark.origin().equals(ForeignThinkingToken.CALL);
        if (forCall) {
            callSignature = mark.payload();
        }
        if (!forCall || !text.isEmpty()) {
            parts.add(new Part.Thinking(
                    text, forCall ? null : mark.payload(), null, forCall ? null : mark.originOrNull()));
        }
    }

    private void addRedacted(String data) {
        if (!ForeignThinkingToken.isMarked(data)) {
            parts.add(new Part.Thinking("", null, data, ProtocolNames.ANTHROPIC));
            return;
        }
        ForeignThinkingToken mark = ForeignThinkingToken.read(data);
        if (mark.payload() != null) {
            parts.add(new Part.Thinking("", null, mark.payload(), mark.originOrNull()));
        }
    }

    private void addCall(RequestFields block) {
        RequestFields input = block.object("input");
        parts.add(new Part.ToolCall(
                block.name("id"), block.name("name"), input == null ? "{}" : Json.text(input.node()), callSignature));
        callSignature = null;
    }

    /** Ends with an empty line: some targets have one text for a turn, and an answer must not run into a URL. */
    private void addReadable(String type, JsonNode block) {
        String text = ServerToolText.text(block);
        if (!text.isEmpty()) {
            parts.add(new Part.Text("[" + type + "]\n" + text + "\n\n"));
        }
    }
}
