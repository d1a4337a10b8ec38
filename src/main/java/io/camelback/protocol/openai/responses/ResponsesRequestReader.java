package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Message;
import io.camelback.chat.SamplingParameters;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.AnswerFormat;
import io.camelback.protocol.support.BodySanitizer;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestFields;
import io.camelback.protocol.support.RequestMetadata;
import java.util.List;

/**
 * Reads a request of a caller. Known fields are checked strictly; unknown ones stay in the original, which goes on to
 * providers of the same dialect. Fields that stand for something kept at OpenAI are refused (docs/wire-formats.md, trap
 * 13).
 */
public final class ResponsesRequestReader {
    /** What {@code include} says of log probabilities. */
    public static final String LOGPROBS = "message.output_text.logprobs";

    private final ObjectNode body;
    private final RequestFields fields;
    private final ChatRequestBuilder request;

    private ResponsesRequestReader(ObjectNode body) {
        this.body = body;
        this.fields = new RequestFields(body, "");
        this.request = ChatRequest.builder(fields.model());
    }

    public static ChatRequest read(ObjectNode received) {
        return new ResponsesRequestReader(BodySanitizer.sound(received)).read();
    }

    private ChatRequest read() {
        refuseState();
        String instructions = fields.string("instructions");
        if (instructions != null && !instructions.isEmpty()) {
            request.message(Message.system(instructions));
        }
        CallerTools tools = CallerTools.of(fields);
        new ResponsesInputReader(fields, tools).read().forEach(request::message);
        new ResponsesToolReader(fields, tools).read(request);
        RequestMetadata.read(fields, request);
        fields.bool("store");
        Long max = fields.whole("max_output_tokens", 1, Integer.MAX_VALUE);
        RequestFields text = fields.object("text");
        RequestFields reasoning = fields.object("reasoning");
        String user = fields.string("user");
        String safetyIdentifier = fields.string("safety_identifier");
        return request
                .format(text == null ? null : AnswerFormat.read(text.object("format"), null))
                .sampling(new SamplingParameters(
                        fields.number("temperature", 0, 2),
                        fields.number("top_p", 0, 1),
                        null,
                        null,
                        null,
                        null,
                        List.of()))
                .maxOutputTokens(max == null ? null : Integer.valueOf(max.intValue()))
                .effort(effort(reasoning))
                .logprobs(logprobs())
                .stream(Boolean.TRUE.equals(fields.bool("stream")))
                .streamUsage(true)
                .user(user == null ? safetyIdentifier : user)
                .original(new ChatRequest.Original(ProtocolNames.RESPONSES, body))
                .build();
    }

    private ChatRequest.Effort effort(RequestFields reasoning) {
        ChatRequest.Effort said = reasoning == null ? null : reasoning.effort("effort");
        return said == null ? ReasoningWords.any(body) : said;
    }

    private void refuseState() {
        for (String field : List.of("previous_response_id", "conversation")) {
            if (fields.get(field) != null) {
                throw unsupported(
                        field,
                        "no answers are kept here. Send the whole conversation in `input`, with what the model "
                                + "answered before as items of it");
            }
        }
        if (fields.get("prompt") != null) {
            throw unsupported("prompt", "it is kept at OpenAI. Send its text in `instructions` and `input`");
        }
        if (Boolean.TRUE.equals(fields.bool("background"))) {
            throw unsupported(
                    "background", "no answers are kept here. Leave it out, and use `stream` for long answers");
        }
    }

    /** A 400 that says what to do instead. */
    static InvalidRequestException unsupported(String path, String why) {
        return new InvalidRequestException(new GatewayError(
                400, "unsupported_parameter", "`" + path + "` is not supported: " + why + ".", path, null));
    }

    private Integer logprobs() {
        Long top = fields.whole("top_logprobs", 0, 20);
        ArrayNode include = fields.array("include");
        boolean asked = false;
        for (int i = 0; include != null && i < include.size(); i++) {
            asked |= include.get(i).asText().equals(LOGPROBS);
        }
        return !asked ? null : Integer.valueOf(top == null ? 0 : top.intValue());
    }
}
