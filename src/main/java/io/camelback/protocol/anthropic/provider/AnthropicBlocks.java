package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicArguments;
import io.camelback.protocol.anthropic.AnthropicCitations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The content blocks of one stream. Blocks are numbered together; calls are counted apart, as other dialects do. */
final class AnthropicBlocks {
    private final Map<Integer, Call> open = new HashMap<>();
    private final Set<Integer> skipped = new HashSet<>();
    private final Map<Integer, Cited> cited = new HashMap<>();
    private int calls;
    private int said;
    private boolean spoke;

    int calls() {
        return calls;
    }

    /** Whether there was anything but thinking. */
    boolean spoke() {
        return spoke;
    }

    List<StreamEvent> start(int index, JsonNode block) {
        return switch (AnthropicAnswerReader.required(block, "type")) {
            case "text" -> startText(index, block);
            case "tool_use" -> startCall(index, block);
            case "thinking" -> startThinking(block);
            case "redacted_thinking" ->
                List.of(new StreamEvent.ThinkingRedacted(
                        0, AnthropicAnswerReader.required(block, "data"), ProtocolNames.ANTHROPIC));
            default -> {
                skipped.add(index);
                yield block instanceof ObjectNode node
                        ? List.of(new StreamEvent.OpaqueContent(0, new Part.Opaque(ProtocolNames.ANTHROPIC, node)))
                        : List.of();
            }
        };
    }

    List<StreamEvent> delta(int index, JsonNode delta) {
        if (skipped.contains(index)) {
            return List.of();
        }
        return switch (AnthropicAnswerReader.required(delta, "type")) {
            case "text_delta" -> text(Json.string(delta, "text"));
            case "thinking_delta" -> thinking(Json.string(delta, "thinking"));
            case "signature_delta" -> signed(Json.string(delta, "signature"));
            case "citations_delta" -> cite(index, delta.path("citation"));
            case "input_json_delta" -> arguments(index, Json.string(delta, "partial_json"));
            default -> List.of();
        };
    }

    List<StreamEvent> stop(int index) {
        skipped.remove(index);
        Cited text = cited.remove(index);
        if (text != null) {
            return AnthropicCitations.read(text.citations, text.start, said).stream()
                    .map(citation -> (StreamEvent) new StreamEvent.Cited(0, citation))
                    .toList();
        }
        Call call = open.remove(index);
        return call == null || call.told
                ? List.of()
                : List.of(new StreamEvent.ToolCallDelta(0, call.number, call.input));
    }

    private List<StreamEvent> startText(int index, JsonNode block) {
        cited.put(index, new Cited(said));
        block.path("citations").forEach(citation -> cite(index, citation));
        return text(Json.string(block, "text"));
    }

    /** Told when the block ends: they are of all of it. */
    private List<StreamEvent> cite(int index, JsonNode citation) {
        Cited text = cited.get(index);
        if (text != null) {
            text.citations.add(citation);
        }
        return List.of();
    }

    private List<StreamEvent> startCall(int index, JsonNode block) {
        spoke = true;
        Call call = new Call(calls++, AnthropicArguments.text(block.get("input")));
        open.put(index, call);
        return List.of(new StreamEvent.ToolCallStarted(
                0,
                call.number,
                AnthropicAnswerReader.required(block, "id"),
                AnthropicAnswerReader.required(block, "name"),
                null));
    }

    /**
     * Said even without words: a model that hides its thinking sends nothing more for minutes, and is at work all the
     * same.
     */
    private List<StreamEvent> startThinking(JsonNode block) {
        String text = Json.string(block, "thinking");
        StreamEvent begun = new StreamEvent.ThinkingDelta(0, text == null ? "" : text);
        List<StreamEvent> signature = signed(Json.string(block, "signature"));
        return signature.isEmpty() ? List.of(begun) : List.of(begun, signature.get(0));
    }

    private List<StreamEvent> text(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        spoke = true;
        said += text.length();
        return List.of(new StreamEvent.TextDelta(0, text));
    }

    private static List<StreamEvent> thinking(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(new StreamEvent.ThinkingDelta(0, text));
    }

    private static List<StreamEvent> signed(String signature) {
        return signature == null || signature.isEmpty()
                ? List.of()
                : List.of(new StreamEvent.ThinkingSigned(0, signature, ProtocolNames.ANTHROPIC));
    }

    private List<StreamEvent> arguments(int index, String fragment) {
        Call call = open.get(index);
        if (call == null) {
            throw new MalformedResponseException("arguments of a tool call that did not begin");
        }
        if (fragment == null || fragment.isEmpty()) {
            return List.of();
        }
        call.told = true;
        return List.of(new StreamEvent.ToolCallDelta(0, call.number, fragment));
    }

    /** A block of text and what it rests on. */
    private static final class Cited {
        private final ArrayNode citations = Json.object().arrayNode();
        private final int start;

        private Cited(int start) {
            this.start = start;
        }
    }

    /** A call whose arguments may come in pieces, or, with some servers, whole and at once. */
    private static final class Call {
        private final int number;
        private final String input;
        private boolean told;

        private Call(int number, String input) {
            this.number = number;
            this.input = input;
        }
    }
}
