package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiCallIds;
import io.camelback.protocol.gemini.GeminiFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the conversation. Parts without a neutral form, such as executable code, stay in the original alone. Results
 * stand in a turn of their own, before what the user says beside them. Contents of the model that follow each other are
 * one turn: Google's clients keep a stream so in their history, chunk by chunk.
 */
final class GeminiContentsReader {
    private final GeminiFields request;
    private final GeminiCallIds ids = new GeminiCallIds();

    GeminiContentsReader(GeminiFields request) {
        this.request = request;
    }

    List<Message> read() {
        List<Message> messages = new ArrayList<>();
        boolean any = false;
        GeminiModelTurn turn = null;
        for (GeminiFields content : request.list("contents")) {
            List<GeminiFields> parts = content.list("parts");
            any |= !parts.isEmpty();
            if (isModel(content)) {
                turn = turn == null ? new GeminiModelTurn(ids) : turn;
                turn.read(parts);
            } else {
                add(turn, messages);
                turn = null;
                user(parts, messages);
            }
        }
        add(turn, messages);
        if (!any) {
            throw request.invalid("contents", "is required: an array of at least one content with parts");
        }
        return messages;
    }

    private static void add(GeminiModelTurn turn, List<Message> messages) {
        if (turn != null) {
            add(Role.ASSISTANT, turn.parts(), messages);
        }
    }

    private static void add(Role role, List<Part> parts, List<Message> messages) {
        if (!parts.isEmpty()) {
            messages.add(new Message(role, parts));
        }
    }

    /** Google's clients write {@code tool} or {@code function} for the turn with the results, too. */
    private static boolean isModel(GeminiFields content) {
        String role = content.string("role");
        switch (role == null ? "" : role) {
            case "model":
                return true;
            case "", "user", "function", "tool":
                return false;
            default:
                throw content.invalid("role", "must be user or model");
        }
    }

    private void user(List<GeminiFields> given, List<Message> messages) {
        List<Part> results = new ArrayList<>();
        List<Part> said = new ArrayList<>();
        for (GeminiFields part : given) {
            GeminiFields response = part.object("functionResponse");
            if (response != null) {
                results.add(result(response));
            } else if (part.get("functionCall") != null) {
                throw part.invalid("functionCall", "must stand in a turn of the model");
            } else {
                addSaid(part, null, said);
            }
        }
        add(Role.TOOL, results, messages);
        add(Role.USER, said, messages);
    }

    /** Adds what one part says or shows. @param signature null for none */
    static void addSaid(GeminiFields part, String signature, List<Part> parts) {
        String text = part.string("text");
        if (text != null) {
            addText(text, Boolean.TRUE.equals(part.bool("thought")), signature, parts);
            return;
        }
        GeminiFields inline = part.object("inlineData");
        GeminiFields file = part.object("fileData");
        if (inline != null) {
            parts.add(GeminiMediaReader.inline(inline));
        } else if (file != null) {
            parts.add(GeminiMediaReader.file(file));
        }
    }

    private static void addText(String text, boolean thought, String signature, List<Part> parts) {
        if (thought && !text.isEmpty() || text.isEmpty() && signature != null) {
            parts.add(new Part.Thinking(text, signature, null, ProtocolNames.GEMINI));
        } else if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private Part result(GeminiFields given) {
        String name = given.name("name");
        List<Part> content = new ArrayList<>();
        GeminiFields response = given.object("response");
        boolean error = response != null && response.node().size() == 1 && response.get("error") != null;
        given.list("parts").forEach(part -> addSaid(part, null, content));
        if (response == null && content.isEmpty()) {
            throw given.invalid("response", "is required: an object");
        }
        if (response != null && (content.isEmpty() || !response.node().isEmpty())) {
            content.add(0, new Part.Text(said(response)));
        }
        return new Part.ToolResult(ids.result(given.string("id"), name), name, content, error);
    }

    /** Google takes {@code output} and {@code error} for what the function said, and else the whole object. */
    private static String said(GeminiFields response) {
        JsonNode output = response.get("output") == null ? response.get("error") : response.get("output");
        JsonNode all = output == null || response.node().size() > 1 ? response.node() : output;
        return all.isTextual() ? all.textValue() : Json.text(all);
    }
}
