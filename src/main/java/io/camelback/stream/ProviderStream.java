package io.camelback.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.InBandErrorDetector;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamReader;
import io.camelback.upstream.SseEvent;
import io.camelback.upstream.SseReader;
import java.io.IOException;
import java.util.List;

/**
 * Reads a provider's server-sent events as chunks. It ends validly once the provider has said why the model stopped,
 * with or without the terminal marker; any other end is a failure, never a short answer.
 */
public final class ProviderStream implements ChatStream {
    /** What the stream's owner wants to know and to decide. */
    public interface Owner {
        /** An event as it shall go on; the same when nothing in it is to be changed. */
        default ObjectNode received(ObjectNode event) {
            return event;
        }

        /** An event has arrived. */
        void onChunk(StreamChunk chunk);

        /** What an error inside the stream means. */
        ProviderException inStreamError(JsonNode error);

        /** What a broken connection means: the owner knows whether a timer or the caller ended it. */
        ProviderException connectionBroken(IOException failure);

        /** More than the end had come when the stream ended (docs/failures.md P10). */
        default void trailing() {}

        void close();
    }

    private final SseReader events;
    private final ProviderCodec codec;
    private final StreamReader reader;
    private final Owner owner;
    private String model;
    private boolean said;
    private boolean ended;

    public ProviderStream(SseReader events, ProviderCodec codec, Owner owner) {
        this.events = events;
        this.codec = codec;
        this.reader = codec.streamReader();
        this.owner = owner;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public StreamChunk next() {
        if (ended) {
            return null;
        }
        if (reader.terminated()) {
            return finish();
        }
        SseEvent event;
        try {
            event = events.next();
        } catch (IOException e) {
            if (reader.finished()) {
                return end();
            }
            throw owner.connectionBroken(e);
        }
        if (event == null) {
            return finish();
        }
        if (event.data().startsWith("[DONE]") && !event.isError()) {
            return end();
        }
        boolean finished = reader.finished();
        StreamChunk chunk;
        try {
            chunk = read(event);
        } catch (ProviderException trailing) {
            if (finished) {
                // The model was done, and the caller may know it already: what follows cannot take that back.
                owner.trailing();
                return end();
            }
            throw trailing;
        }
        said |= chunk.hasProgress();
        owner.onChunk(chunk);
        return chunk;
    }

    private StreamChunk finish() {
        if (!reader.finished()) {
            throw truncated();
        }
        return end();
    }

    private static ProviderException truncated() {
        return new ProviderException(
                FailureKind.TRANSPORT, 0, "stream_truncated", "the stream ended without a finish", null);
    }

    private StreamChunk read(SseEvent event) {
        if (event.isError()) {
            throw owner.inStreamError(said(event));
        }
        ObjectNode came = parse(event);
        ObjectNode data = owner.received(came);
        List<StreamEvent> meaning;
        try {
            meaning = reader.read(event.name(), data);
        } catch (MalformedResponseException e) {
            throw malformed(e.getMessage());
        }
        for (StreamEvent one : meaning) {
            if (one instanceof StreamEvent.Started started && started.model() != null) {
                model = started.model();
            }
            if (one instanceof StreamEvent.Finished finished
                    && InBandErrorDetector.isFault(finished.finish().raw())) {
                throw new ProviderException(
                        FailureKind.SERVER, 0, "upstream_error", "the provider stopped with an error", null);
            }
        }
        return reader.altered()
                ? new StreamChunk(meaning, null, null, null)
                : new StreamChunk(meaning, codec.name(), event.name(), data == came ? event.data() : Json.text(data));
    }

    private ObjectNode parse(SseEvent event) {
        JsonNode json;
        try {
            json = Json.read(event.data());
        } catch (JsonProcessingException e) {
            throw malformed("an event is not JSON");
        }
        if (InBandErrorDetector.isError(json)) {
            throw owner.inStreamError(json);
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw malformed("an event is no JSON object");
    }

    /**
     * What an event that is an error says; its data may be anything: JSON of any shape, a number, words, a page,
     * nothing.
     */
    private static JsonNode said(SseEvent event) {
        try {
            JsonNode json = Json.read(event.data());
            if (json.isContainerNode()) {
                return json;
            }
            return json.isIntegralNumber()
                    ? Json.object().set("code", json)
                    : Json.object().put("message", json.asText());
        } catch (JsonProcessingException words) {
            return Json.object().put("message", event.data());
        }
    }

    private StreamChunk end() {
        ended = true;
        if (events.hasMore()) {
            owner.trailing();
        }
        List<StreamEvent> rest;
        try {
            rest = reader.end();
        } catch (MalformedResponseException cut) {
            throw truncated();
        }
        if (said && !reader.finished()) {
            // The terminal marker of another dialect, which says nothing here.
            throw truncated();
        }
        if (rest.isEmpty()) {
            return null;
        }
        StreamChunk last = new StreamChunk(rest, null, null, null);
        owner.onChunk(last);
        return last;
    }

    private static ProviderException malformed(String what) {
        return new ProviderException(FailureKind.PROTOCOL, 0, "malformed_stream", what, null);
    }

    @Override
    public void close() {
        ended = true;
        owner.close();
    }
}
