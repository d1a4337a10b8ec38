package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.Json;
import io.camelback.dialect.openai.OpenAiDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Lets Camel routes speak to chains in their own terms: JSON of OpenAI's shape, as bytes, text, a stream or a map, becomes a
 * {@link ChatRequest}, and answers become the same again.
 */
final class ChatBodies {
    private static final OpenAiDoor DOOR = new OpenAiDoor();

    private ChatBodies() { }

    /** Lets a route that called a chain take its answer as text, bytes or a map. */
    static void register(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        registry.setTypeConverterExists(TypeConverterExists.Ignore);
        from(registry, byte[].class, Json::bytes);
        from(registry, String.class, Json::text);
        from(registry, Map.class, node -> Json.to(node, Map.class));
        from(registry, ObjectNode.class, node -> node);
    }

    private interface Writer {
        Object write(ObjectNode json);
    }

    private static void from(TypeConverterRegistry registry, Class<?> to, Writer writer) {
        registry.addTypeConverter(to, ChatAnswer.class, new SimpleTypeConverter(false,
                (type, exchange, value) -> writer.write(DOOR.writeAnswer((ChatAnswer) value, null, exchange.getExchangeId()))));
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The request in a message of any of these kinds.
     *
     * @throws InvalidRequest when it is none of them, or not a chat request
     */
    static ChatRequest request(Object body) {
        if (body instanceof ChatRequest request) {
            return request;
        }
        if (body instanceof Map<?, ?> map && Json.of(map) instanceof ObjectNode node) {
            return DOOR.readRequest(node);
        }
        if (body instanceof ObjectNode node) {
            return DOOR.readRequest(node);
        }
        if (body instanceof byte[] bytes) {
            return DOOR.readRequest(AcceptChat.parse(bytes));
        }
        if (body instanceof CharSequence text) {
            return DOOR.readRequest(AcceptChat.parse(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        if (body instanceof InputStream stream) {
            return DOOR.readRequest(AcceptChat.parse(readAll(stream)));
        }
        throw new InvalidRequest(null, "direct:chat takes a ChatRequest, or OpenAI-shaped JSON as bytes, text, a stream or a map.");
    }

    /** The reply in the kind that was asked with; a stream stays one, as the bytes of server-sent events. */
    static Object inKind(Object asked, Object reply, Call call, long created) {
        if (asked instanceof ChatRequest) {
            return reply;
        }
        if (reply instanceof ChatStream stream) {
            return new SseInputStream(stream, DOOR.streamWriter(call.request(), call.id(), created));
        }
        ObjectNode json = DOOR.writeAnswer((ChatAnswer) reply, call.request(), call.id());
        if (asked instanceof Map) {
            return Json.to(json, Map.class);
        }
        if (asked instanceof ObjectNode) {
            return json;
        }
        return asked instanceof CharSequence ? Json.text(json) : Json.bytes(json);
    }
}
