package io.camelback.camel.convert;

import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.SseInputStream;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import org.apache.camel.CamelContext;

/**
 * Lets Camel routes speak to chains in their own terms: JSON of OpenAI's shape, as bytes, text, a stream or a map,
 * becomes a {@link ChatRequest}, and answers become the same again.
 */
public final class ChatBodyConverter implements BodyConverter {
    private static final OpenAiChatClientCodec OPENAI = new OpenAiChatClientCodec();

    /** Lets a route that called a chain take its answer as text, bytes or a map. */
    public static void register(CamelContext context) {
        JsonBodyConverter.register(
                context,
                ChatAnswer.class,
                (answer, exchange) -> OPENAI.writeAnswer(answer, null, exchange.getExchangeId()));
    }

    /**
     * The request in a message of any of these kinds.
     *
     * @throws InvalidRequestException when it is none of them, or not a chat request
     */
    @Override
    public InboundPayload toPayload(Object body) {
        if (body instanceof ChatRequest request) {
            return new InboundPayload.Chat(request);
        }
        return new InboundPayload.Chat(JsonBodyConverter.read(body)
                .map(OPENAI::readRequest)
                .orElseThrow(() -> new InvalidRequestException(
                        null,
                        "direct:chat takes a ChatRequest, or OpenAI-shaped JSON as bytes, text, a stream or a map.")));
    }

    /** The reply in the kind that was asked with; a stream stays one, as the bytes of server-sent events. */
    @Override
    public Object convertReply(Object asked, Object reply, RequestContext requestContext, long created) {
        if (asked instanceof ChatRequest) {
            return reply;
        }
        if (reply instanceof ChatStream stream) {
            return new SseInputStream(
                    stream, OPENAI.streamWriter(requestContext.effectiveRequest(), requestContext.id(), created));
        }
        return JsonBodyConverter.convertReply(
                asked, OPENAI.writeAnswer((ChatAnswer) reply, requestContext.effectiveRequest(), requestContext.id()));
    }
}
