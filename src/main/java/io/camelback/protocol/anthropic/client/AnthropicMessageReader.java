package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code system} and {@code messages}. The results in a user's turn become a message of their own before the rest
 * of it.
 */
final class AnthropicMessageReader {
    /**
     * Claude Code's first line: another one in every request, for Anthropic's bookkeeping and the ruin of every other
     * cache.
     */
    private static final Pattern ATTRIBUTION = Pattern.compile("\\Ax-anthropic-billing-header:[^\n]*\n?");

    private final RequestFields request;

    AnthropicMessageReader(RequestFields request) {
        this.request = request;
    }

    List<Message> read() {
        List<Message> messages = new ArrayList<>();
        if (request.get("system") != null) {
            addIfSaid(messages, Role.SYSTEM, words(request, "system"));
        }
        ArrayNode turns = request.array("messages");
        if (turns == null || turns.isEmpty()) {
            throw request.invalid("messages", "is required: an array of at least one message");
        }
        for (int i = 0; i < turns.size(); i++) {
            add(messages, request.element("messages", i));
        }
        return messages;
    }

    private static void add(List<Message> messages, RequestFields turn) {
        String role = turn.name("role");
        if (turn.get("content") == null) {
            throw turn.invalid("content", "is required: a string or an array of blocks");
        }
        switch (role) {
            case "user" -> addUser(messages, turn);
            case "assistant" -> messages.add(new Message(Role.ASSISTANT, AnthropicAssistantReader.read(turn)));
            case "system" -> addIfSaid(messages, Role.SYSTEM, words(turn, "content"));
            default -> throw turn.invalid("role", "must be one of user, assistant, system");
        }
    }

    private static void addUser(List<Message> messages, RequestFields turn) {
        List<Part> results = new ArrayList<>();
        List<Part> rest = new ArrayList<>();
        for (Part part : AnthropicBlockReader.user(turn)) {
            (part instanceof Part.ToolResult ? results : rest).add(part);
        }
        addIfSaid(messages, Role.TOOL, results);
        if (!rest.isEmpty() || results.isEmpty()) {
            messages.add(new Message(Role.USER, rest));
        }
    }

    private static void addIfSaid(List<Message> messages, Role role, List<Part> parts) {
        if (!parts.isEmpty()) {
            messages.add(new Message(role, parts));
        }
    }

    /** A string or blocks of text. */
    private static List<Part> words(RequestFields holder, String field) {
        JsonNode content = holder.get(field);
        List<Part> parts = new ArrayList<>();
        if (content.isTextual()) {
            addWords(parts, content.textValue());
        } else if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                RequestFields block = holder.element(field, i);
                if (!block.name("type").equals("text")) {
                    throw block.invalid("type", "must be text here");
                }
                addWords(parts, AnthropicBlockReader.text(block, "text"));
                CacheControlFields.read(block.node(), parts);
            }
        } else {
            throw holder.invalid(field, "must be a string or an array of text blocks");
        }
        return parts;
    }

    private static void addWords(List<Part> parts, String text) {
        String words = ATTRIBUTION.matcher(text).replaceFirst("");
        if (!words.isEmpty()) {
            parts.add(new Part.Text(words));
        }
    }
}
