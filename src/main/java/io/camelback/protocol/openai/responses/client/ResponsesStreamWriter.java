package io.camelback.protocol.openai.responses.client;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.openai.responses.ResponsesFinishReason;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CallerTools;

/**
 * Writes a stream for a caller of this dialect (docs/wire-formats.md 3.5 to 3.7). Events that came in it are relayed,
 * see {@link EventPassThrough}; others are made of what they mean. The whole response goes out last, since the usage
 * may come after the finish.
 *
 * <p>A broken stream ends with {@code response.failed} and nothing after it, as OpenAI's own does.
 */
final class ResponsesStreamWriter implements StreamWriter {
    private final EventPassThrough relay;
    private final SseEventSequence log = new SseEventSequence(false, 0);
    private final String requestId;
    private final ResponseSkeleton shell;
    private final ResponseOutputBuilder output;
    private String model;
    private boolean begun;
    private FinishReason finish = FinishReason.STOP;
    private Usage usage;

    ResponsesStreamWriter(ChatRequest request, String requestId, long created) {
        this.requestId = requestId;
        this.shell = new ResponseSkeleton(request, new AnswerIds(requestId), created);
        this.output = new ResponseOutputBuilder(log, shell.ids(), CallerTools.of(request));
        this.model = request == null ? null : request.model();
        this.relay = new EventPassThrough(shell.inProgress(model));
    }

    @Override
    public String write(StreamChunk chunk) {
        if (ProtocolNames.RESPONSES.equals(chunk.dialect()) && chunk.data() != null) {
            chunk.events().forEach(this::note);
            return relay.write(chunk);
        }
        if (relay.begun()) {
            chunk.events().forEach(this::note);
            return "";
        }
        chunk.events().forEach(this::add);
        return log.drain();
    }

    private void add(StreamEvent event) {
        if (event instanceof StreamEvent.Started started) {
            model = started.model() == null ? model : started.model();
            begin();
        } else if (!note(event)) {
            begin();
            addContent(event);
        }
    }

    /** Keeps what only counts at the end. */
    private boolean note(StreamEvent event) {
        if (event instanceof StreamEvent.UsageReported reported) {
            usage = reported.usage();
            return true;
        }
        if (event instanceof StreamEvent.Finished finished) {
            finish = finished.choice() == 0 ? finished.finish() : finish;
            return true;
        }
        return false;
    }

    private void addContent(StreamEvent event) {
        if (event instanceof StreamEvent.TextDelta delta && delta.choice() == 0) {
            output.text(delta.text());
        } else if (event instanceof StreamEvent.RefusalDelta delta && delta.choice() == 0) {
            output.refusal(delta.text());
        } else if (event instanceof StreamEvent.MessageStarted message && message.choice() == 0) {
            output.phase(message.phase());
        } else if (event instanceof StreamEvent.ThinkingDelta delta && delta.choice() == 0) {
            output.thinking(delta.text());
        } else if (event instanceof StreamEvent.ThinkingSigned signed && signed.choice() == 0) {
            output.signed(ReasoningState.encrypted(signed.signature(), false, signed.origin()));
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted && redacted.choice() == 0) {
            output.state(ReasoningState.encrypted(redacted.data(), true, redacted.origin()));
        } else if (event instanceof StreamEvent.ToolCallStarted call && call.choice() == 0) {
            output.call(call.call(), call.id(), call.name(), call.signature());
        } else if (event instanceof StreamEvent.ToolCallDelta delta && delta.choice() == 0) {
            output.arguments(delta.call(), delta.arguments());
        } else if (event instanceof StreamEvent.LogprobsDelta delta && delta.choice() == 0) {
            output.logprobs(delta.tokens());
        } else if (event instanceof StreamEvent.Cited cited && cited.choice() == 0) {
            output.cite(cited.citation());
        } else if (event instanceof StreamEvent.ImageShown shown && shown.choice() == 0) {
            output.image(shown.image());
        } else if (event instanceof StreamEvent.OpaqueContent opaque
                && opaque.choice() == 0
                && opaque.isOf(ProtocolNames.RESPONSES)) {
            output.opaque(opaque.part().node());
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            log.response("response.created", shell.inProgress(model));
            log.response("response.in_progress", shell.inProgress(model));
        }
    }

    @Override
    public String end() {
        if (relay.begun()) {
            return relay.end(ResponsesFinishReason.incomplete(finish, false), usage);
        }
        begin();
        String incomplete = ResponsesFinishReason.incomplete(finish, output.refused());
        output.close(incomplete == null);
        log.response(
                incomplete == null ? "response.completed" : "response.incomplete",
                shell.done(model, incomplete, output.toJson(), usage));
        return log.drain();
    }

    @Override
    public String error(GatewayError error) {
        String message = error.message() + " (request id " + requestId + ")";
        if (relay.begun()) {
            return relay.error(error, message);
        }
        begin();
        log.response("response.failed", shell.failed(model, error, message, output.toJson()));
        return log.drain();
    }
}
