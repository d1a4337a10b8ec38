package io.camelback.protocol.gemini.client;

import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.GeminiCallIds;
import io.camelback.protocol.gemini.GeminiFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a turn of the model, which may be spread over several contents: texts that meet at their borders belong
 * together.
 */
final class GeminiModelTurn {
    private final GeminiCallIds ids;
    private final List<Part> parts = new ArrayList<>();

    GeminiModelTurn(GeminiCallIds ids) {
        this.ids = ids;
        ids.nextTurn();
    }

    List<Part> parts() {
        return parts;
    }

    /** Reads the parts of the next content. */
    void read(List<GeminiFields> given) {
        int border = parts.size();
        given.forEach(this::read);
        if (border > 0 && border < parts.size()) {
            Part joined = joined(parts.get(border - 1), parts.get(border));
            if (joined != null) {
                parts.remove(border);
                parts.set(border - 1, joined);
            }
        }
    }

    private void read(GeminiFields part) {
        String signature = part.string("thoughtSignature");
        if (ForeignThinkingCarrier.isMarked(signature)) {
            restore(signature);
            signature = null;
        }
        GeminiFields call = part.object("functionCall");
        if (call != null) {
            parts.add(call(call, signature));
        } else if (part.get("functionResponse") != null) {
            throw part.invalid("functionResponse", "must stand in a turn of the user");
        } else {
            GeminiContentsReader.addSaid(part, signature, parts);
        }
    }

    /** The carried thinking takes the place of its readable copy, which has no signature. */
    private void restore(String marked) {
        List<Part.Thinking> carried = ForeignThinkingCarrier.unpack(marked);
        int end = parts.size();
        while (!carried.isEmpty()
                && end > 0
                && parts.get(end - 1) instanceof Part.Thinking shown
                && shown.signature() == null) {
            parts.remove(--end);
        }
        parts.addAll(carried);
    }

    private Part call(GeminiFields call, String signature) {
        String name = call.name("name");
        GeminiFields arguments = call.object("args");
        String text = arguments == null ? "{}" : Json.text(arguments.node());
        return new Part.ToolCall(ids.call(call.string("id"), name), name, text, signature);
    }

    /** Null when the second is no continuation of the first. */
    private static Part joined(Part first, Part second) {
        if (first instanceof Part.Text one && second instanceof Part.Text two) {
            return new Part.Text(one.text() + two.text());
        }
        boolean continues = first instanceof Part.Thinking one
                && one.signature() == null
                && second instanceof Part.Thinking two
                && !two.text().isEmpty();
        if (!continues) {
            return null;
        }
        Part.Thinking two = (Part.Thinking) second;
        return new Part.Thinking(((Part.Thinking) first).text() + two.text(), two.signature(), null, two.origin());
    }
}
