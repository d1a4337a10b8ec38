package io.camelback.stream;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that ends at the caller's stop sequences, for a provider that does not know them. What it has cost stays.
 */
public final class StopSequenceAnswer {
    private StopSequenceAnswer() {}

    /** The same answer where none of the sequences is in its text. @param stops none of them empty */
    public static ChatAnswer of(ChatAnswer answer, List<String> stops) {
        if (stops.isEmpty()) {
            return answer;
        }
        List<ChatAnswer.Choice> choices =
                answer.choices().stream().map(choice -> cut(choice, stops)).toList();
        return choices.equals(answer.choices())
                ? answer
                : new ChatAnswer(answer.id(), answer.model(), answer.created(), choices, answer.usage(), null);
    }

    /** A call between two texts ends the first, as it does in a stream. */
    private static ChatAnswer.Choice cut(ChatAnswer.Choice choice, List<String> stops) {
        List<Part> kept = new ArrayList<>();
        StopSequenceMatcher cutter = new StopSequenceMatcher(stops);
        int told = 0;
        for (Part part : choice.parts()) {
            kept.add(part);
            told += (part instanceof Part.Text text ? cutter.add(text.text()) : cutter.rest()).length();
            if (cutter.met() != null) {
                return stopped(choice, kept, told, cutter.met());
            }
        }
        return choice;
    }

    /**
     * @param kept the parts up to the one in which the sequence ends, which may have begun in an earlier one
     * @param end the place where it begins
     */
    private static ChatAnswer.Choice stopped(ChatAnswer.Choice choice, List<Part> kept, int end, String met) {
        List<Part> parts = new ArrayList<>();
        int said = 0;
        for (Part part : kept) {
            if (part instanceof Part.Text text) {
                String told = text.text()
                        .substring(
                                0, Math.max(0, Math.min(end - said, text.text().length())));
                said += text.text().length();
                if (!told.isEmpty()) {
                    parts.add(new Part.Text(told));
                }
            } else {
                parts.add(part);
            }
        }
        List<Citation> citations = choice.citations().stream()
                .filter(citation -> citation.end() <= end)
                .toList();
        return new ChatAnswer.Choice(
                choice.index(),
                parts,
                new FinishReason(FinishReason.Kind.STOP, "stop", met),
                citations,
                within(choice.logprobs(), end));
    }

    private static List<TokenLogprob> within(List<TokenLogprob> tokens, int end) {
        List<TokenLogprob> kept = new ArrayList<>();
        int said = 0;
        for (TokenLogprob token : tokens) {
            said += token.token().length();
            if (said <= end) {
                kept.add(token);
            }
        }
        return kept;
    }
}
