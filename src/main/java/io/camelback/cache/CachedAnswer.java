package io.camelback.cache;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cached answer: the text of each choice, and nothing else.
 *
 * @param model the model that gave it, by the provider's name; null when it told none
 * @param texts one for each choice
 * @param at when it was given
 */
public record CachedAnswer(String model, List<String> texts, Instant at) {

    public CachedAnswer {
        texts = List.copyOf(texts);
    }

    /**
     * What can be kept of an answer. Only a complete one in words can: one that was cut, declined or filtered, that
     * calls tools or shows pictures means something only once (docs/failures.md D16).
     */
    public static Optional<CachedAnswer> of(ChatAnswer answer, Instant now) {
        List<String> texts = new ArrayList<>();
        for (ChatAnswer.Choice choice : answer.choices()) {
            boolean words = choice.parts().stream()
                    .allMatch(part -> part instanceof Part.Text || part instanceof Part.Thinking);
            String text = Part.text(choice.parts(), "");
            if (!words || text.isBlank() || choice.finish().reason() != FinishReason.Kind.STOP) {
                return Optional.empty();
            }
            texts.add(text);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(new CachedAnswer(answer.model(), texts, now));
    }

    /** The answer as it is given again; it uses no tokens. */
    public ChatAnswer again() {
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (String text : texts) {
            choices.add(new ChatAnswer.Choice(choices.size(), List.of(new Part.Text(text)), FinishReason.STOP));
        }
        return new ChatAnswer(
                null, model == null ? "cached" : model, at.getEpochSecond(), choices, Usage.of(0, 0), null);
    }

    public Duration age(Instant now) {
        Duration age = Duration.between(at, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** About what it takes in memory, in bytes. */
    int weight() {
        return 128 + texts.stream().mapToInt(text -> 2 * text.length()).sum();
    }
}
