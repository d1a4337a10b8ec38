package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.JsonObjectScanner;
import io.camelback.protocol.ArgumentNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream in which the arguments of tools have the caller's own names again. A name may be cut anywhere, so the
 * arguments of a call are told once they are whole.
 */
public final class ArgumentNameStream extends DelegatingChatStream {
    private final ArgumentNames names;
    private final Map<String, Call> calls = new LinkedHashMap<>();

    private record Call(int choice, int number, StringBuilder arguments, JsonObjectScanner scanner) {
        private Call(StreamEvent.ToolCallDelta first) {
            this(first.choice(), first.call(), new StringBuilder(), new JsonObjectScanner());
        }
    }

    public ArgumentNameStream(ChatStream stream, ArgumentNames names) {
        super(stream);
        this.names = names;
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        if (chunk == null) {
            List<StreamEvent> rest = new ArrayList<>();
            flush(rest);
            return rest.isEmpty() ? null : new StreamChunk(rest, null, null, null);
        }
        List<StreamEvent> events = new ArrayList<>();
        chunk.events().forEach(event -> add(event, events));
        return new StreamChunk(events, null, null, null);
    }

    private void add(StreamEvent event, List<StreamEvent> events) {
        if (event instanceof StreamEvent.ToolCallDelta delta) {
            String key = delta.choice() + ":" + delta.call();
            Call call = calls.computeIfAbsent(key, any -> new Call(delta));
            call.arguments().append(delta.arguments());
            call.scanner().read(delta.arguments(), 0);
            if (call.scanner().ended()) {
                tell(calls.remove(key), events);
            }
            return;
        }
        if (event instanceof StreamEvent.Finished) {
            flush(events);
        }
        events.add(event);
    }

    private void flush(List<StreamEvent> events) {
        calls.values().forEach(call -> tell(call, events));
        calls.clear();
    }

    private void tell(Call call, List<StreamEvent> events) {
        events.add(new StreamEvent.ToolCallDelta(
                call.choice(), call.number(), names.received(call.arguments().toString())));
    }
}
