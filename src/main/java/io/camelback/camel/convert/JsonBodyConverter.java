package io.camelback.camel.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.request.RequestBodyReader;
import io.camelback.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.WrappedFile;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/** JSON in the forms that Camel routes have it in: bytes, text, a stream or a map. */
public final class JsonBodyConverter {
    private JsonBodyConverter() {}

    interface Writer<T> {
        ObjectNode write(T value, Exchange exchange);
    }

    /** Lets a route take its answer as text, bytes or a map. */
    static <T> void register(CamelContext context, Class<T> from, Writer<T> writer) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        registry.setTypeConverterExists(TypeConverterExists.Ignore);
        for (Class<?> to : new Class<?>[] {byte[].class, String.class, Map.class, ObjectNode.class}) {
            registry.addTypeConverter(
                    to,
                    from,
                    new SimpleTypeConverter(
                            false, (type, exchange, value) -> as(type, writer.write(from.cast(value), exchange))));
        }
    }

    private static Object as(Class<?> type, ObjectNode json) {
        if (type == ObjectNode.class) {
            return json;
        }
        if (type == Map.class) {
            return Json.to(json, Map.class);
        }
        return type == String.class ? Json.text(json) : Json.bytes(json);
    }

    /**
     * The same body, but as bytes where it is a cached stream, a reader, a buffer or a file: hosts have many kinds of
     * them.
     */
    public static Object known(Exchange exchange, Object body) {
        boolean bytes = body instanceof StreamCache
                || body instanceof Reader
                || body instanceof ByteBuffer
                || body instanceof WrappedFile
                || body instanceof File
                || body instanceof Path;
        return bytes ? RequestBodyReader.bytes(exchange, body) : body;
    }

    /**
     * The JSON in a message.
     *
     * @return empty when its body is of none of these forms
     * @throws io.camelback.protocol.InvalidRequestException when it is no JSON object
     */
    static Optional<ObjectNode> read(Object body) {
        if (body instanceof Map<?, ?> map && Json.of(map) instanceof ObjectNode node) {
            return Optional.of(node);
        }
        if (body instanceof ObjectNode node) {
            return Optional.of(node);
        }
        if (body instanceof byte[] bytes) {
            return Optional.of(RequestBodyReader.parse(bytes));
        }
        if (body instanceof CharSequence text) {
            return Optional.of(RequestBodyReader.parse(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return body instanceof InputStream stream
                ? Optional.of(RequestBodyReader.parse(readAll(stream)))
                : Optional.empty();
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the form of what was asked with; bytes for a stream. */
    static Object convertReply(Object asked, ObjectNode json) {
        if (asked instanceof ObjectNode) {
            return json;
        }
        return as(asked instanceof Map ? Map.class : asked instanceof CharSequence ? String.class : byte[].class, json);
    }
}
