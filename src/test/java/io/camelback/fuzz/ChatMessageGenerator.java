package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.fuzz.RandomConversation.Piece;
import io.camelback.fuzz.RandomConversation.Turn;
import io.camelback.json.Json;
import io.camelback.testkit.validation.MessagesRequestValidator;
import java.util.List;

/** The messages of requests for Chat Completions, as clients write them. */
final class ChatMessageGenerator {
    private final SeededChoice choice;
    private final ArrayNode messages;

    ChatMessageGenerator(SeededChoice choice, ArrayNode messages) {
        this.choice = choice;
        this.messages = messages;
    }

    /** Functions as they were before there were tools. */
    void legacy(ObjectNode body) {
        body.putArray("functions")
                .addObject()
                .put("name", "old_one")
                .putObject("parameters")
                .put("type", "object");
        message("assistant")
                .putNull("content")
                .putObject("function_call")
                .put("name", "old_one")
                .put("arguments", "{}");
        message("function").put("name", "old_one").put("content", choice.maybeWords());
        message("user").put("content", "go on");
        if (choice.oneIn(3)) {
            body.put("function_call", "auto");
        }
    }

    void turn(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> said(choice.oneIn(4) ? "developer" : "system", turn.pieces());
            case USER -> said("user", turn.pieces());
            case ASSISTANT -> assistant(turn.pieces());
            case RESULTS -> turn.pieces().forEach(piece -> result((RandomConversation.Result) piece));
        }
    }

    private ObjectNode message(String role) {
        return messages.addObject().put("role", role);
    }

    private void said(String role, List<Piece> pieces) {
        ObjectNode message = message(role);
        if (pieces.size() == 1 && pieces.get(0) instanceof RandomConversation.Words only && !choice.oneIn(4)) {
            message.put("content", only.text());
        } else {
            ArrayNode parts = message.putArray("content");
            pieces.forEach(piece -> part(parts, piece));
        }
        choice.nulls(message, 8, "name");
        choice.extras(message, 12);
        if (choice.oneIn(15)) {
            message.put("name", "Ann");
        }
    }

    private void part(ArrayNode parts, Piece piece) {
        ObjectNode part = parts.addObject();
        if (piece instanceof RandomConversation.Words words) {
            part.put("type", choice.oneIn(12) ? "input_text" : "text").put("text", words.text());
        } else if (piece instanceof RandomConversation.Picture picture) {
            String url = url(picture);
            part.put("type", "image_url");
            if (choice.oneIn(8)) {
                part.put("image_url", url);
            } else {
                part.putObject("image_url").put("url", url);
            }
        } else if (piece instanceof RandomConversation.Pdf pdf) {
            ObjectNode file = part.put("type", "file")
                    .putObject("file")
                    .put("file_data", "data:application/pdf;base64,JVBERi0xLjQ=");
            if (pdf.name() != null) {
                file.put("filename", pdf.name());
            }
        } else {
            part.put("type", "input_audio")
                    .putObject("input_audio")
                    .put("data", "UklGRiQAAABXQVZF")
                    .put("format", "wav");
        }
        if (choice.oneIn(15)) {
            part.putObject("cache_control").put("type", "ephemeral");
        }
    }

    static String url(RandomConversation.Picture picture) {
        return picture.data() == null
                ? "https://example.com/a.png"
                : "data:" + picture.label() + ";base64," + picture.data();
    }

    private void assistant(List<Piece> pieces) {
        ObjectNode message = message("assistant");
        ArrayNode calls = Json.array();
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof RandomConversation.Words words) {
                text.append(words.text());
            } else if (piece instanceof RandomConversation.Refusal refusal) {
                message.put("refusal", refusal.text());
            } else if (piece instanceof RandomConversation.Thought thought) {
                thought(message, thought);
            } else if (piece instanceof RandomConversation.Call call) {
                calls.addObject()
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", choice.oneIn(12) ? "" : Json.text(call.arguments()));
            }
        }
        content(message, text.toString());
        if (!calls.isEmpty() || choice.oneIn(6)) {
            message.set("tool_calls", calls);
        }
        choice.nulls(message, 3, "function_call", "audio", "refusal", "tool_calls", "reasoning_content", "name");
        if (choice.oneIn(6)) {
            message.putArray("annotations");
        }
        choice.extras(message, 10);
    }

    private void content(ObjectNode message, String text) {
        if (text.isEmpty()) {
            switch (choice.below(4)) {
                case 0 -> message.putNull("content");
                case 1 -> message.put("content", "");
                case 2 -> message.putArray("content");
                default -> message.remove("content");
            }
        } else if (choice.oneIn(5)) {
            ArrayNode parts = message.putArray("content");
            if (choice.oneIn(3)) {
                parts.addObject()
                        .put("type", "thinking")
                        .putArray("thinking")
                        .addObject()
                        .put("type", "text")
                        .put("text", "17*20");
            }
            parts.addObject()
                    .put("type", choice.oneIn(6) ? "output_text" : "text")
                    .put("text", text);
        } else {
            message.put("content", text);
        }
    }

    private void thought(ObjectNode message, RandomConversation.Thought thought) {
        if (thought.own()) {
            message.put(choice.of("reasoning_content", "reasoning"), thought.text());
        } else {
            message.putArray("thinking_blocks")
                    .addObject()
                    .put("type", "thinking")
                    .put("thinking", thought.text())
                    .put("signature", MessagesRequestValidator.SIGNATURE + "ZQ==");
        }
    }

    private void result(RandomConversation.Result result) {
        ObjectNode message = message("tool").put("tool_call_id", result.call().id());
        if (choice.oneIn(6)) {
            message.put("name", result.call().name());
        }
        List<Piece> pieces = result.pieces();
        if (pieces.isEmpty() && choice.oneIn(2)) {
            choice.nulls(message, 2, "content");
        } else if (pieces.stream().allMatch(RandomConversation.Words.class::isInstance) && !choice.oneIn(4)) {
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> text.append(((RandomConversation.Words) piece).text()));
            message.put("content", text.toString());
        } else {
            ArrayNode parts = message.putArray("content");
            pieces.forEach(piece -> part(parts, piece));
        }
    }
}
