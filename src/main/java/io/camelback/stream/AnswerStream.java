package io.camelback.stream;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A complete answer as a stream: for providers that answer a streaming request with one body, and for static answers.
 */
public final class AnswerStream implements ChatStream {
    private final String model;
    private final Iterator<StreamChunk> chunks;

    public AnswerStream(ChatAnswer answer) {
        this.model = answer.model();
        List<StreamChunk> all = new ArrayList<>();
        all.add(StreamChunk.made(new StreamEvent.Started(answer.id(), answer.model())));
        for (ChatAnswer.Choice choice : answer.choices()) {
            addParts(choice, all);
        }
        for (ChatAnswer.Choice choice : answer.choices()) {
            all.add(StreamChunk.made(new StreamEvent.Finished(choice.index(), choice.finish())));
        }
        if (answer.usage() != null) {
            all.add(StreamChunk.made(new StreamEvent.UsageReported(answer.usage())));
        }
        this.chunks = all.iterator();
    }

    private static void addParts(ChatAnswer.Choice choice, List<StreamChunk> all) {
        int index = choice.index();
        int calls = 0;
        if (!choice.logprobs().isEmpty()) {
            all.add(StreamChunk.made(new StreamEvent.LogprobsDelta(index, choice.logprobs())));
        }
        int said = 0;
        for (Part part : choice.parts()) {
            if (part instanceof Part.Text text) {
                all.add(StreamChunk.made(new StreamEvent.TextDelta(index, text.text())));
                choice.citationsUpTo(said, said + text.text().length())
                        .forEach(citation -> all.add(StreamChunk.made(new StreamEvent.Cited(index, citation))));
                said += text.text().length();
            } else if (part instanceof Part.Refusal refusal) {
                all.add(StreamChunk.made(new StreamEvent.RefusalDelta(index, refusal.text())));
            } else if (part instanceof Part.Thinking thinking) {
                addThinking(index, thinking, all);
            } else if (part instanceof Part.ToolCall call) {
                all.add(StreamChunk.made(
                        new StreamEvent.ToolCallStarted(index, calls, call.id(), call.name(), call.signature()),
                        new StreamEvent.ToolCallDelta(index, calls, call.arguments())));
                calls++;
            } else if (part instanceof Part.Image image) {
                all.add(StreamChunk.made(new StreamEvent.ImageShown(index, image)));
            } else if (part instanceof Part.Opaque opaque) {
                all.add(StreamChunk.made(new StreamEvent.OpaqueContent(index, opaque)));
            }
        }
    }

    private static void addThinking(int index, Part.Thinking thinking, List<StreamChunk> all) {
        if (thinking.redacted() != null) {
            all.add(StreamChunk.made(new StreamEvent.ThinkingRedacted(index, thinking.redacted(), thinking.origin())));
            return;
        }
        all.add(StreamChunk.made(new StreamEvent.ThinkingDelta(index, thinking.text())));
        if (thinking.signature() != null) {
            all.add(StreamChunk.made(new StreamEvent.ThinkingSigned(index, thinking.signature(), thinking.origin())));
        }
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public StreamChunk next() {
        return chunks.hasNext() ? chunks.next() : null;
    }

    @Override
    public void close() {
        // Nothing is open: the answer is already here.
    }
}
