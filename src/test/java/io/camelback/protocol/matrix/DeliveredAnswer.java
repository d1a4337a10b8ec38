package io.camelback.protocol.matrix;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.StreamEventCollector;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One answer of a provider, as a caller at a endpoint is told it: at once, collected from a stream, or streamed. */
record DeliveredAnswer(ProtocolCorpus.Answer answer, TestProtocol endpoint) {
    private static final long CREATED = 1_700_000_000L;
    private static final ChatRequest STREAMED =
            ChatRequest.builder("auto").stream(true).streamUsage(true).build();

    static List<DeliveredAnswer> all() {
        List<DeliveredAnswer> all = new ArrayList<>();
        ProtocolCorpus.answers().stream()
                .filter(answer -> !answer.stream() || ends(answer))
                .forEach(answer -> {
                    for (TestProtocol endpoint : TestProtocol.values()) {
                        all.add(new DeliveredAnswer(answer, endpoint));
                    }
                });
        return all;
    }

    /** Whether the provider came to a valid end. */
    static boolean ends(ProtocolCorpus.Answer answer) {
        StreamReader reader = answer.source().dialect.streamReader();
        read(reader, answer);
        return reader.finished() || !reader.end().isEmpty();
    }

    /** What the provider said, as the gateway understands it. */
    ChatAnswer source() {
        return answer.stream()
                ? collected(chunks())
                : bare(answer.source().dialect.readAnswer(ProtocolCorpus.object(answer.text())));
    }

    /** What the caller reads of it where the answer comes at once, be it that the provider streams it all the same. */
    ChatAnswer atOnce() {
        ChatAnswer whole = answer.stream() ? collected(answer.source().dialect.collector(), chunks()) : source();
        return endpoint.dialect.readAnswer(endpoint.endpoint.writeAnswer(whole, null, "req-1"));
    }

    /** The bytes of the stream to the caller. @param relayed whether the provider's own bytes are at hand */
    String streamed(boolean relayed) {
        StreamWriter writer = endpoint.endpoint.streamWriter(STREAMED, "req-1", CREATED);
        return chunks().stream()
                        .map(chunk -> relayed ? chunk : new StreamChunk(chunk.events(), null, null, null))
                        .map(writer::write)
                        .collect(Collectors.joining())
                + writer.end();
    }

    /** What the caller reads of such a stream. */
    ChatAnswer readBack(String sse) {
        StreamReader reader = endpoint.dialect.streamReader();
        return collected(read(reader, new ProtocolCorpus.Answer(endpoint, answer.name(), true, sse)));
    }

    private List<StreamChunk> chunks() {
        return read(answer.source().dialect.streamReader(), answer);
    }

    private static List<StreamChunk> read(StreamReader reader, ProtocolCorpus.Answer answer) {
        List<StreamChunk> chunks = new ArrayList<>();
        for (String event : answer.text().replace("\r\n", "\n").split("\n\n")) {
            String name = field(event, "event:");
            String data = field(event, "data:");
            if (data != null && !data.equals("[DONE]")) {
                chunks.add(new StreamChunk(
                        reader.read(name, ProtocolCorpus.object(data)),
                        answer.source().key(),
                        name,
                        data));
            }
        }
        List<StreamEvent> rest = reader.end();
        chunks.add(new StreamChunk(rest, null, null, null));
        return chunks;
    }

    private static String field(String event, String field) {
        return event.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).trim())
                .findFirst()
                .orElse(null);
    }

    private static ChatAnswer collected(List<StreamChunk> chunks) {
        return collected(new StreamEventCollector(), chunks);
    }

    private static ChatAnswer collected(AnswerCollector collector, List<StreamChunk> chunks) {
        chunks.forEach(collector::add);
        return collector.answer(CREATED);
    }

    private static ChatAnswer bare(ChatAnswer answer) {
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);
    }

    @Override
    public String toString() {
        return answer + " -> " + endpoint;
    }
}
