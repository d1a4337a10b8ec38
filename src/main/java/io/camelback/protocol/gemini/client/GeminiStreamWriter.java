package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a stream for a Gemini caller. A chunk of the same dialect is relayed as it came; other chunks become one
 * response for each piece of text, and for each function call one as soon as it is whole. The finish and the usage
 * stand in the last one.
 */
final class GeminiStreamWriter implements StreamWriter {
    private final GeminiStreamFraming framing;
    private final String requestId;
    private final boolean showsThoughts;
    private final Map<Integer, GeminiStreamChoice> choices = new TreeMap<>();
    private String model;
    private Usage usage;
    private boolean relayed;

    /** @param request null when it is not known */
    GeminiStreamWriter(ChatRequest request, String requestId, GeminiStreamFraming framing) {
        this.framing = framing;
        this.requestId = requestId;
        this.showsThoughts = GeminiAnswerParts.wantsThoughts(request);
        this.model = request == null ? null : request.model();
    }

    @Override
    public String write(StreamChunk chunk) {
        if (ProtocolNames.GEMINI.equals(chunk.dialect()) && chunk.data() != null) {
            relayed = true;
            return framing.element(chunk.data());
        }
        StringBuilder text = new StringBuilder();
        chunk.events().forEach(event -> text.append(made(event)));
        return text.toString();
    }

    private String made(StreamEvent event) {
        if (event instanceof StreamEvent.Started started) {
            model = started.model() == null ? model : started.model();
        } else if (event instanceof StreamEvent.UsageReported reported) {
            usage = reported.usage();
        } else if (event instanceof StreamEvent.TextDelta delta) {
            return pieces(delta.choice(), choice(delta.choice()).text(delta.text()));
        } else if (event instanceof StreamEvent.RefusalDelta delta) {
            return pieces(delta.choice(), choice(delta.choice()).refusal(delta.text()));
        } else if (event instanceof StreamEvent.ThinkingDelta delta) {
            return pieces(delta.choice(), choice(delta.choice()).thinking(delta.text()));
        } else if (event instanceof StreamEvent.ThinkingSigned signed) {
            return pieces(signed.choice(), choice(signed.choice()).signed(signed.signature(), signed.origin()));
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted) {
            return pieces(redacted.choice(), choice(redacted.choice()).redacted(redacted.data(), redacted.origin()));
        } else if (event instanceof StreamEvent.ToolCallStarted call) {
            return pieces(call.choice(), choice(call.choice()).callStarted(call));
        } else if (event instanceof StreamEvent.ToolCallDelta delta) {
            choice(delta.choice()).arguments(delta.call(), delta.arguments());
        } else if (event instanceof StreamEvent.Finished finished) {
            choice(finished.choice()).finished(finished.finish());
        } else {
            return beside(event);
        }
        return "";
    }

    private String beside(StreamEvent event) {
        if (event instanceof StreamEvent.ImageShown shown) {
            return pieces(shown.choice(), choice(shown.choice()).whole(GeminiAnswerParts.image(shown.image())));
        } else if (event instanceof StreamEvent.OpaqueContent opaque && opaque.isOf(ProtocolNames.GEMINI)) {
            return pieces(
                    opaque.choice(), choice(opaque.choice()).whole(opaque.part().node()));
        } else if (event instanceof StreamEvent.Cited cited) {
            choice(cited.choice()).cited(cited.citation());
        } else if (event instanceof StreamEvent.LogprobsDelta delta) {
            choice(delta.choice()).logprobs(delta.tokens());
        }
        return "";
    }

    private GeminiStreamChoice choice(int index) {
        return choices.computeIfAbsent(index, any -> new GeminiStreamChoice(showsThoughts));
    }

    private String pieces(int choice, List<ObjectNode> parts) {
        StringBuilder text = new StringBuilder();
        for (ObjectNode part : parts) {
            text.append(response(List.of(GeminiAnswerWriter.candidate(choice, List.of(part), null)), null));
        }
        return text.toString();
    }

    private String response(List<ObjectNode> candidates, Usage known) {
        return framing.element(Json.text(GeminiAnswerWriter.response(candidates, known, model, requestId)));
    }

    /** The last response; a relayed stream has had its own. */
    @Override
    public String end() {
        if (relayed) {
            return framing.end();
        }
        choice(0);
        List<ObjectNode> last = new ArrayList<>();
        choices.forEach((index, choice) ->
                last.add(choice.described(GeminiAnswerWriter.candidate(index, choice.rest(), choice.finishReason()))));
        return response(last, usage) + framing.end();
    }

    @Override
    public String error(GatewayError error) {
        return framing.element(Json.text(GeminiErrors.write(error, requestId))) + framing.end();
    }
}
