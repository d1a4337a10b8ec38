package io.camelback.camel;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.openai.OpenAiDoor;
import org.apache.camel.CamelContext;

/**
 * Lets Camel routes speak to chains in their own terms: JSON of OpenAI's shape, as bytes, text, a stream or a map, becomes a
 * {@link ChatRequest}, and answers become the same again.
 */
final class ChatBodies implements Direct.Bodies {
    private static final OpenAiDoor DOOR = new OpenAiDoor();

    /** Lets a route that called a chain take its answer as text, bytes or a map. */
    static void register(CamelContext context) {
        JsonBodies.register(context, ChatAnswer.class,
                (answer, exchange) -> DOOR.writeAnswer(answer, null, exchange.getExchangeId()));
    }

    /**
     * The request in a message of any of these kinds.
     *
     * @throws InvalidRequest when it is none of them, or not a chat request
     */
    @Override
    public Asked asked(Object body) {
        if (body instanceof ChatRequest request) {
            return new Asked.Chat(request);
        }
        return new Asked.Chat(JsonBodies.read(body).map(DOOR::readRequest).orElseThrow(() -> new InvalidRequest(null,
                "direct:chat takes a ChatRequest, or OpenAI-shaped JSON as bytes, text, a stream or a map.")));
    }

    /** The reply in the kind that was asked with; a stream stays one, as the bytes of server-sent events. */
    @Override
    public Object inKind(Object asked, Object reply, Call call, long created) {
        if (asked instanceof ChatRequest) {
            return reply;
        }
        if (reply instanceof ChatStream stream) {
            return new SseInputStream(stream, DOOR.streamWriter(call.request(), call.id(), created));
        }
        return JsonBodies.inKind(asked, DOOR.writeAnswer((ChatAnswer) reply, call.request(), call.id()));
    }
}
