package io.camelback.stream;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rejects answers that a client of another API format cannot use. What only the provider's own dialect has a word for,
 * such as a search that the provider ran, says nothing to such a caller; and a turn that the provider has paused
 * ({@code pause_turn}, docs/wire-formats.md, trap 34) cannot be gone on with. It must not look whole: the next link is
 * asked, or, once some of it is out, it ends as one that was cut.
 */
public final class ForeignTurnGuard extends DelegatingChatStream {
    private static final String PAUSED = "pause_turn";

    private boolean said;

    /** @param stream for a caller of another dialect */
    public ForeignTurnGuard(ChatStream stream) {
        super(stream);
    }

    /**
     * The answer without what its caller cannot be shown.
     *
     * @throws ProviderException when the turn is paused
     */
    public static ChatAnswer of(ChatAnswer answer) {
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        boolean same = true;
        for (ChatAnswer.Choice choice : answer.choices()) {
            if (isPaused(choice.finish())) {
                throw paused();
            }
            List<Part> shown = choice.parts().stream()
                    .filter(part -> !(part instanceof Part.Opaque))
                    .toList();
            same &= shown.size() == choice.parts().size();
            choices.add(choice.with(shown));
        }
        return same
                ? answer
                : new ChatAnswer(
                        answer.id(), answer.model(), answer.created(), choices, answer.usage(), answer.original());
    }

    private static boolean isPaused(FinishReason finish) {
        return PAUSED.equals(finish.raw()) && finish.reason() == FinishReason.Kind.STOP;
    }

    private static ProviderException paused() {
        return new ProviderException(FailureKind.PROTOCOL, 200, "paused_turn", "a turn that was paused", null);
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        if (chunk == null) {
            return null;
        }
        StreamChunk shown = chunk.events().stream().noneMatch(ForeignTurnGuard::concerns) ? chunk : shown(chunk);
        said |= shown.hasContent();
        return shown;
    }

    private static boolean concerns(StreamEvent event) {
        return event instanceof StreamEvent.OpaqueContent
                || event instanceof StreamEvent.Finished finished && isPaused(finished.finish());
    }

    private StreamChunk shown(StreamChunk chunk) {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamEvent event : chunk.events()) {
            if (!concerns(event)) {
                events.add(event);
            } else if (event instanceof StreamEvent.Finished finished) {
                if (!said) {
                    throw paused();
                }
                events.add(
                        new StreamEvent.Finished(finished.choice(), FinishReason.of(FinishReason.Kind.LENGTH, PAUSED)));
            }
        }
        return new StreamChunk(events, chunk.dialect(), chunk.name(), chunk.data());
    }
}
