package io.camelback.protocol.gemini.provider;

import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which result answers which call, wherever in the history they stand. A result belongs to the nearest earlier turn
 * that made a call of its id, as some providers count their ids from 0 in every turn; of two results for one call the
 * later counts.
 */
final class GeminiToolResults {

    /** @param result null when the call was never answered */
    record Answered(Part.ToolCall call, Part.ToolResult result) {}

    private record Place(int message, int part) {}

    private final List<Message> messages;
    private final Map<Place, Part.ToolResult> answers = new HashMap<>();
    private final Set<Place> orphans = new HashSet<>();
    private final Map<String, List<Place>> open = new HashMap<>();

    GeminiToolResults(List<Message> messages) {
        this.messages = messages;
        for (int message = 0; message < messages.size(); message++) {
            List<Part> parts = messages.get(message).parts();
            for (int part = 0; part < parts.size(); part++) {
                match(parts.get(part), new Place(message, part));
            }
        }
    }

    private void match(Part part, Place place) {
        if (part instanceof Part.ToolCall call) {
            List<Place> same = open.get(call.id());
            if (same == null || same.get(0).message() != place.message()) {
                same = new ArrayList<>();
                open.put(call.id(), same);
            }
            same.add(place);
        } else if (part instanceof Part.ToolResult result) {
            List<Place> calls = open.get(result.callId());
            if (calls == null) {
                orphans.add(place);
            } else {
                answers.put(unanswered(calls), result);
            }
        }
    }

    private Place unanswered(List<Place> calls) {
        for (Place call : calls) {
            if (!answers.containsKey(call)) {
                return call;
            }
        }
        return calls.get(calls.size() - 1);
    }

    /** The calls of a message in their order, each with its result. */
    List<Answered> of(int message) {
        List<Answered> answered = new ArrayList<>();
        List<Part> parts = messages.get(message).parts();
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Part.ToolCall call) {
                answered.add(new Answered(call, answers.get(new Place(message, part))));
            }
        }
        return answered;
    }

    /** Whether no call of the history asked for the result that stands here. */
    boolean orphaned(int message, int part) {
        return orphans.contains(new Place(message, part));
    }
}
