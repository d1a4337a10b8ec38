package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A complete answer.
 *
 * @param id the provider's id for it; null when it gave none
 * @param model the model that answered, by the provider's name
 * @param created Unix time in seconds
 * @param usage null when the provider reported none
 * @param original the body as the provider sent it, for a caller of the same dialect; null for an answer made here
 */
public record ChatAnswer(String id, String model, long created, List<Choice> choices, Usage usage, Original original)
        implements Reply {

    public ChatAnswer {
        choices = List.copyOf(choices);
    }

    /**
     * One candidate.
     *
     * @param citations what its text rests on
     * @param logprobs how likely the tokens of its text were; empty when not asked for
     */
    public record Choice(
            int index, List<Part> parts, FinishReason finish, List<Citation> citations, List<TokenLogprob> logprobs) {
        public Choice {
            parts = List.copyOf(parts);
            citations = List.copyOf(citations);
            logprobs = List.copyOf(logprobs);
        }

        public Choice(int index, List<Part> parts, FinishReason finish) {
            this(index, parts, finish, List.of(), List.of());
        }

        /** The citations of the text that ends after {@code from} characters, and not after {@code to}. */
        public List<Citation> citationsUpTo(int from, int to) {
            return citations.stream()
                    .filter(citation -> citation.end() > from && citation.end() <= to)
                    .toList();
        }

        /** This choice with other parts, whose text is the same. */
        public Choice with(List<Part> others) {
            return new Choice(index, others, finish, citations, logprobs);
        }
    }

    /** The body as received and its dialect. Read only. */
    public record Original(String dialect, ObjectNode body) {}

    /** The text of the first choice. */
    public String text() {
        return choices.isEmpty() ? "" : Part.text(choices.get(0).parts(), "");
    }
}
