package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicCitations;
import io.camelback.protocol.anthropic.AnthropicIds;
import io.camelback.protocol.anthropic.AnthropicStopReason;
import io.camelback.protocol.anthropic.AnthropicUsage;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import io.camelback.protocol.support.UniqueIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes Anthropic's events of neutral ones (docs/wire-formats.md 3.2, 3.6, 3.7): one {@code message_start}, blocks one
 * after the other with indexes from 0, the finish last. Blocks cannot interleave as other dialects' calls do, so what
 * does not belong to an open call is held until that call has all its arguments.
 */
final class AnthropicEventBuilder {
    private final String requestId;
    private final OpenContentBlock block = new OpenContentBlock();
    private final Set<Integer> calls = new HashSet<>();
    private final UniqueIds callIds = new UniqueIds();
    private List<StreamEvent> held = new ArrayList<>();
    private String model;
    private boolean started;
    private Usage usage;
    private FinishReason finish;

    AnthropicEventBuilder(String requestId, String model) {
        this.requestId = requestId;
        this.model = model;
    }

    /** The counts so far; to be told before the event that starts the message, where they are known by then. */
    void usage(Usage reported) {
        usage = reported;
    }

    /** The events for an event; none for another candidate than the first, and for what only counts at the end. */
    List<ObjectNode> of(StreamEvent event) {
        if (event instanceof StreamEvent.Started first) {
            model = first.model() == null ? model : first.model();
            start();
        } else if (event instanceof StreamEvent.Finished finished) {
            boolean plain = finish == null || finish.reason() == FinishReason.Kind.STOP;
            finish = finished.choice() == 0 && plain ? finished.finish() : finish;
        } else if (choice(event) == 0) {
            start();
            take(event);
        }
        return block.drain();
    }

    /** What closes the message. */
    List<ObjectNode> end() {
        start();
        block.close();
        while (!held.isEmpty()) {
            takeHeld();
            block.close();
        }
        FinishReason reason = finish == null ? FinishReason.STOP : finish;
        ObjectNode stop = Json.object().put("type", "message_delta");
        stop.putObject("delta")
                .put("stop_reason", AnthropicStopReason.write(reason, !calls.isEmpty()))
                .put("stop_sequence", reason.stopSequence())
                .putNull("stop_details");
        stop.set("usage", AnthropicUsage.write(usage));
        block.emit(stop);
        block.emit(Json.object().put("type", "message_stop"));
        return block.drain();
    }

    private void start() {
        if (!started) {
            started = true;
            ObjectNode event = Json.object().put("type", "message_start");
            Usage input = usage == null ? null : new Usage(usage.input(), usage.cached(), usage.cacheWrite(), 0, 0);
            event.set("message", AnthropicJson.message(requestId, model, input));
            block.emit(event);
        }
    }

    private static int choice(StreamEvent event) {
        if (event instanceof StreamEvent.TextDelta text) {
            return text.choice();
        } else if (event instanceof StreamEvent.ThinkingDelta thinking) {
            return thinking.choice();
        } else if (event instanceof StreamEvent.ThinkingSigned signed) {
            return signed.choice();
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted) {
            return redacted.choice();
        } else if (event instanceof StreamEvent.RefusalDelta refusal) {
            return refusal.choice();
        } else if (event instanceof StreamEvent.ToolCallStarted call) {
            return call.choice();
        } else if (event instanceof StreamEvent.Cited cited) {
            return cited.choice();
        } else if (event instanceof StreamEvent.OpaqueContent opaque) {
            return opaque.choice();
        }
        return event instanceof StreamEvent.ToolCallDelta call ? call.choice() : -1;
    }

    /** An open call gives way only once it is whole; until then all else waits behind it, in its order. */
    private void take(StreamEvent event) {
        boolean more = event instanceof StreamEvent.ToolCallDelta delta && delta.call() == block.call();
        if (block.call() >= 0 && !more) {
            if (!block.callComplete()) {
                held.add(event);
                return;
            }
            block.close();
            takeHeld();
            if (block.call() >= 0) {
                take(event);
                return;
            }
        }
        write(event);
    }

    private void takeHeld() {
        List<StreamEvent> waiting = held;
        held = new ArrayList<>();
        waiting.forEach(this::take);
    }

    private void write(StreamEvent event) {
        if (event instanceof StreamEvent.TextDelta text) {
            block.text(text.text());
        } else if (event instanceof StreamEvent.RefusalDelta refusal) {
            block.text(refusal.text());
        } else if (event instanceof StreamEvent.ThinkingDelta thinking) {
            block.thinking(thinking.text());
        } else if (event instanceof StreamEvent.ThinkingSigned signed) {
            block.sign(AnthropicJson.proof(signed.signature(), signed.origin()));
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted) {
            block.whole(AnthropicJson.redacted(redacted.data(), redacted.origin()));
        } else if (event instanceof StreamEvent.ToolCallStarted call && calls.add(call.call())) {
            if (call.signature() != null) {
                block.close();
                block.sign(ForeignThinkingToken.write(ForeignThinkingToken.CALL, call.signature()));
            }
            block.call(call.call(), AnthropicIds.told(call.id(), requestId, callIds), call.name());
        } else if (event instanceof StreamEvent.ToolCallDelta delta) {
            block.arguments(delta.call(), delta.arguments());
        } else if (event instanceof StreamEvent.Cited cited) {
            block.cite(AnthropicCitations.write(cited.citation()));
        } else if (event instanceof StreamEvent.OpaqueContent opaque && opaque.isOf(ProtocolNames.ANTHROPIC)) {
            block.whole(opaque.part().node());
        }
    }
}
