package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.anthropic.AnthropicArguments;
import io.camelback.protocol.anthropic.AnthropicParts;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import java.util.ArrayList;
import java.util.List;

/** The content block of a stream that is being written: at most one is open, and the next one has the next index. */
final class OpenContentBlock {
    private enum Kind {
        NONE,
        TEXT,
        THINKING,
        CALL
    }

    private final StringBuilder arguments = new StringBuilder();
    private List<ObjectNode> events = new ArrayList<>();
    private Kind kind = Kind.NONE;
    private String signature;
    private int call = -1;
    private int checked;
    private int index;

    /** The number of the call that is open; negative when none is. */
    int call() {
        return call;
    }

    /** Whether the open call's arguments are a whole object, after which nothing more can come. */
    boolean callComplete() {
        if (arguments.length() == checked) {
            return false;
        }
        checked = arguments.length();
        return AnthropicArguments.complete(arguments.toString());
    }

    void text(String text) {
        if (!text.isEmpty()) {
            open(Kind.TEXT, AnthropicParts.text(""));
            delta("text_delta", "text", text);
        }
    }

    /** What the open text rests on: all of it, as far as it has been told. */
    void cite(ObjectNode citation) {
        if (kind == Kind.TEXT) {
            ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
            event.putObject("delta").put("type", "citations_delta").set("citation", citation);
            emit(event);
        }
    }

    /** Opens a block even without words: so callers see that the model is at work. */
    void thinking(String text) {
        open(Kind.THINKING, AnthropicJson.thinking("", ""));
        if (!text.isEmpty()) {
            delta("thinking_delta", "thinking", text);
        }
    }

    /** Signs the open thinking, or an empty one, and closes it. */
    void sign(String proof) {
        thinking("");
        signature = proof;
        close();
    }

    /** A block that comes all at once. */
    void whole(ObjectNode content) {
        close();
        begin(content);
        stop();
        kind = Kind.NONE;
    }

    void call(int number, String id, String name) {
        close();
        begin(AnthropicJson.toolUse(id, name, Json.object()));
        kind = Kind.CALL;
        call = number;
    }

    /** More of the open call's arguments. What comes for a call that is whole can be nothing but white space. */
    void arguments(int number, String piece) {
        if (number == call && !piece.isEmpty()) {
            arguments.append(piece);
            delta("input_json_delta", "partial_json", piece);
        }
    }

    /** Thinking that nobody signed is marked as such, so that it is known when it comes back. */
    void close() {
        if (kind == Kind.NONE) {
            return;
        }
        if (kind == Kind.THINKING) {
            delta(
                    "signature_delta",
                    "signature",
                    signature == null ? ForeignThinkingToken.write(null, null) : signature);
        }
        stop();
        kind = Kind.NONE;
        signature = null;
        call = -1;
        checked = 0;
        arguments.setLength(0);
    }

    void emit(ObjectNode event) {
        events.add(event);
    }

    /** What was written since it was last asked. */
    List<ObjectNode> drain() {
        List<ObjectNode> written = events;
        events = new ArrayList<>();
        return written;
    }

    private void open(Kind wanted, ObjectNode start) {
        if (kind != wanted) {
            close();
            begin(start);
            kind = wanted;
        }
    }

    private void begin(ObjectNode start) {
        ObjectNode event = Json.object().put("type", "content_block_start").put("index", index);
        event.set("content_block", start);
        emit(event);
    }

    private void delta(String type, String field, String value) {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
        event.putObject("delta").put("type", type).put(field, value);
        emit(event);
    }

    private void stop() {
        emit(Json.object().put("type", "content_block_stop").put("index", index++));
    }
}
