package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiParts;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the turns. Gemini wants them to begin with the user, to alternate, to have parts, and wants every turn with
 * function calls followed by one user turn with exactly as many function responses in the same order; histories of
 * other dialects keep none of these rules.
 */
final class GeminiContents {
    /** Stands in for a thought signature that another model's call never had, or that a client did not hand back. */
    static final String NO_SIGNATURE = "skip_thought_signature_validator";

    private static final String USER = "user";
    private static final String MODEL = "model";

    private final List<Message> messages;
    private final ProviderModel target;
    private final GeminiModelTraits model;
    private final GeminiParts parts;
    private final GeminiToolResults results;
    private final List<ObjectNode> contents = new ArrayList<>();

    GeminiContents(List<Message> messages, ProviderModel target, GeminiModelTraits model) {
        this.messages = messages;
        this.target = target;
        this.model = model;
        this.parts = new GeminiParts(target);
        this.results = new GeminiToolResults(messages);
    }

    static boolean instructs(Message message) {
        return message.role() == Message.Role.SYSTEM || message.role() == Message.Role.DEVELOPER;
    }

    /** @param opening said first in the user's name; empty for nothing */
    ArrayNode write(String opening) {
        if (!opening.isEmpty()) {
            add(USER, List.of(GeminiParts.text(opening)));
        }
        for (int index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            if (message.role() == Message.Role.ASSISTANT) {
                model(message, index);
            } else if (instructs(message)) {
                reminder(message);
            } else {
                user(message, index);
            }
        }
        closeGaps();
        if (model.modern()) {
            signCurrentTurn();
        }
        return Json.object().arrayNode().addAll(contents);
    }

    private void model(Message message, int index) {
        List<ObjectNode> written = new ArrayList<>();
        for (Part part : message.parts()) {
            written.addAll(parts.write(part));
        }
        add(MODEL, written);
        List<ObjectNode> responses = new ArrayList<>();
        List<ObjectNode> media = new ArrayList<>();
        for (GeminiToolResults.Answered answered : results.of(index)) {
            ObjectNode response = GeminiParts.functionResponse(answered.call().name(), answered.result());
            responses.add(response);
            List<ObjectNode> shown = parts.media(answered.result());
            if (model.modern() && !shown.isEmpty()) {
                ((ObjectNode) response.get("functionResponse"))
                        .putArray("parts")
                        .addAll(shown);
            } else {
                media.addAll(shown);
            }
        }
        responses.addAll(media);
        add(USER, responses);
    }

    private void user(Message message, int index) {
        List<ObjectNode> written = new ArrayList<>();
        for (int at = 0; at < message.parts().size(); at++) {
            Part part = message.parts().get(at);
            if (!(part instanceof Part.ToolResult result)) {
                written.addAll(parts.write(part));
            } else if (results.orphaned(index, at)) {
                written.add(GeminiParts.text(GeminiParts.orphan(result)));
                written.addAll(parts.media(result));
            }
        }
        add(USER, written);
    }

    private void reminder(Message message) {
        String text = GeminiRequestWriter.instruction(message);
        if (!text.isEmpty()) {
            add(USER, List.of(GeminiParts.text("<system-reminder>" + text + "</system-reminder>")));
        }
    }

    private void add(String role, List<ObjectNode> written) {
        if (written.isEmpty()) {
            return;
        }
        if (!role.equals(lastRole())) {
            ObjectNode content = Json.object().put("role", role);
            content.putArray("parts");
            contents.add(content);
        }
        partsOf(contents.get(contents.size() - 1)).addAll(written);
    }

    private String lastRole() {
        return contents.isEmpty()
                ? null
                : contents.get(contents.size() - 1).get("role").textValue();
    }

    private static ArrayNode partsOf(ObjectNode content) {
        return (ArrayNode) content.get("parts");
    }

    private void closeGaps() {
        if (contents.isEmpty() || MODEL.equals(contents.get(0).get("role").textValue())) {
            ObjectNode placeholder = Json.object().put("role", USER);
            placeholder.putArray("parts").add(GeminiParts.text("."));
            contents.add(0, placeholder);
        }
        if (MODEL.equals(lastRole()) && !target.supports(UnsupportedParameter.PREFILL)) {
            add(USER, List.of(GeminiParts.text("Continue.")));
        }
    }

    /**
     * From generation 3 on the first call of each step of the current turn must have a signature. A turn with function
     * responses is not taken for the user's own, even where the user's text was merged into it: one stand-in too many
     * is allowed.
     */
    private void signCurrentTurn() {
        int index = contents.size() - 1;
        while (index >= 0 && !startsTurn(contents.get(index))) {
            signFirstCall(contents.get(index));
            index--;
        }
    }

    private static boolean startsTurn(ObjectNode content) {
        return USER.equals(content.get("role").textValue()) && firstWith(content, "functionResponse") == null;
    }

    private static void signFirstCall(ObjectNode content) {
        ObjectNode call = firstWith(content, "functionCall");
        if (call != null && !call.has("thoughtSignature")) {
            call.put("thoughtSignature", NO_SIGNATURE);
        }
    }

    private static ObjectNode firstWith(ObjectNode content, String field) {
        for (JsonNode part : partsOf(content)) {
            if (part.has(field)) {
                return (ObjectNode) part;
            }
        }
        return null;
    }
}
