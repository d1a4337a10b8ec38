package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A complete answer.
 *
 * @param id       the provider's id for it; null when it gave none
 * @param model    the model that answered, by the provider's name
 * @param created  Unix time in seconds
 * @param usage    null when the provider reported none
 * @param original the body as the provider sent it, for a caller of the same dialect; null for an answer made here
 */
public record ChatAnswer(String id, String model, long created, List<Choice> choices, Usage usage, Original original)
        implements Reply {

    public ChatAnswer {
        choices = List.copyOf(choices);
    }

    public record Choice(int index, List<Part> parts, Finish finish) {
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /** The body as received and its dialect. Read only. */
    public record Original(String dialect, ObjectNode body) { }

    /** The text of the first choice. */
    public String text() {
        return choices.isEmpty() ? "" : Part.text(choices.get(0).parts(), "");
    }
}
