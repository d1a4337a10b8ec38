package io.camelback.protocol;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import java.util.List;
import java.util.TreeMap;

/** Makes an answer of what the events mean, whatever dialect they came in. */
public final class StreamEventCollector implements AnswerCollector {
    private final TreeMap<Integer, ChoiceCollector> choices = new TreeMap<>();
    private String id;
    private String model;
    private Usage usage;

    @Override
    public void add(StreamChunk chunk) {
        chunk.events().forEach(this::add);
    }

    private void add(StreamEvent event) {
        if (event instanceof StreamEvent.Started started) {
            id = id == null ? started.id() : id;
            model = model == null ? started.model() : model;
        } else if (event instanceof StreamEvent.UsageReported reported) {
            usage = reported.usage();
        } else if (event instanceof StreamEvent.TextDelta delta) {
            choice(delta.choice()).text(delta.text());
        } else if (event instanceof StreamEvent.ThinkingDelta delta) {
            choice(delta.choice()).thinking(delta.text());
        } else if (event instanceof StreamEvent.ThinkingSigned signed) {
            choice(signed.choice()).signed(signed.signature(), signed.origin());
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted) {
            choice(redacted.choice()).redacted(redacted.data(), redacted.origin());
        } else if (event instanceof StreamEvent.RefusalDelta delta) {
            choice(delta.choice()).refusal(delta.text());
        } else if (event instanceof StreamEvent.ImageShown shown) {
            choice(shown.choice()).whole(shown.image());
        } else if (event instanceof StreamEvent.OpaqueContent opaque && opaque.part() != null) {
            choice(opaque.choice()).whole(opaque.part());
        } else if (event instanceof StreamEvent.Cited cited) {
            choice(cited.choice()).cited(cited.citation());
        } else if (event instanceof StreamEvent.LogprobsDelta delta) {
            choice(delta.choice()).logprobs(delta.tokens());
        } else if (event instanceof StreamEvent.ToolCallStarted call) {
            choice(call.choice()).callStarted(call);
        } else if (event instanceof StreamEvent.ToolCallDelta delta) {
            choice(delta.choice()).arguments(delta.call(), delta.arguments());
        } else if (event instanceof StreamEvent.Finished finished) {
            choice(finished.choice()).finished(finished.finish());
        }
    }

    private ChoiceCollector choice(int index) {
        return choices.computeIfAbsent(index, ChoiceCollector::new);
    }

    @Override
    public ChatAnswer answer(long created) {
        List<ChatAnswer.Choice> all =
                choices.values().stream().map(ChoiceCollector::choice).toList();
        return new ChatAnswer(id, model, created, all, usage, null);
    }
}
