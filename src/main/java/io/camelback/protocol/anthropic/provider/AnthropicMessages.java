package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.AnthropicParts;
import java.util.List;

/**
 * {@code messages}: turns of content blocks, never two of one role in a row, the first a user's. Used once. A system
 * message between the turns stays where it was: moved to the front it would change the prefix that prompt caches and
 * thinking blocks are bound to.
 */
final class AnthropicMessages {
    /** Follows an assistant's turn at the end, for models that do not go on from one. */
    static final String GO_ON = "Continue.";

    private final AnthropicParts parts;
    private final ProviderModel target;
    private final ArrayNode turns = Json.object().arrayNode();

    AnthropicMessages(AnthropicParts parts, ProviderModel target) {
        this.parts = parts;
        this.target = target;
    }

    static boolean isSystem(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    /** What a system message between the turns says, in a user's turn. */
    static String reminder(String text) {
        return "<system-reminder>" + text + "</system-reminder>";
    }

    /**
     * @param history as {@link AnthropicToolRepair} leaves it, without the leading system messages
     * @param takesPrefill whether an assistant turn at the end is gone on from
     */
    ArrayNode write(List<Message> history, boolean takesPrefill) {
        history.forEach(this::add);
        if (turns.isEmpty() || !"user".equals(role(0))) {
            turns.insert(0, turn("user", List.of(AnthropicParts.text("."))));
        }
        int last = turns.size() - 1;
        if ("assistant".equals(role(last))) {
            if (takesPrefill) {
                stripTrailing((ArrayNode) turns.get(last).get("content"));
            } else {
                turns.add(turn("user", List.of(AnthropicParts.text(GO_ON))));
            }
        }
        return turns;
    }

    private void add(Message message) {
        switch (message.role()) {
            case ASSISTANT -> append("assistant", parts.assistant(message.parts()));
            case TOOL -> append("user", parts.toolResults(message.parts()));
            case USER -> append("user", parts.user(message.parts()));
            case SYSTEM, DEVELOPER -> addSystem(parts.system(message.parts()));
        }
    }

    private void addSystem(List<ObjectNode> blocks) {
        if (target.supports(UnsupportedParameter.LATE_SYSTEM)) {
            append("system", blocks);
            return;
        }
        append(
                "user",
                blocks.stream()
                        .map(block ->
                                AnthropicParts.text(reminder(block.get("text").textValue())))
                        .toList());
    }

    private void append(String role, List<ObjectNode> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        int last = turns.size() - 1;
        if (last >= 0 && role.equals(role(last))) {
            ((ArrayNode) turns.get(last).get("content")).addAll(blocks);
        } else {
            turns.add(turn(role, blocks));
        }
    }

    private String role(int index) {
        return turns.get(index).get("role").textValue();
    }

    private static ObjectNode turn(String role, List<ObjectNode> blocks) {
        ObjectNode turn = Json.object().put("role", role);
        turn.putArray("content").addAll(blocks);
        return turn;
    }

    /** White space at the end of a turn that shall be gone on from is a 400. */
    private static void stripTrailing(ArrayNode content) {
        ObjectNode block = (ObjectNode) content.get(content.size() - 1);
        String text = Json.string(block, "text");
        if (text != null) {
            block.put("text", text.stripTrailing());
        }
    }
}
