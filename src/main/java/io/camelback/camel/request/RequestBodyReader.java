package io.camelback.camel.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.DefaultExchange;

/** A caller's body as JSON, read strictly: what two readers could understand differently is refused. */
public final class RequestBodyReader {
    private RequestBodyReader() {}

    /**
     * The bytes of a message from the HTTP server; none when it has no body. Each server has a body type of its own:
     * Spring Boot's is a cached reader or stream. The copy of Vert.x is given up: it would be held until the answer is
     * out, and bodies can have 32 MiB.
     */
    public static byte[] bytes(Exchange exchange, Object body) {
        if (body instanceof BufferImpl buffer) {
            byte[] bytes = buffer.getBytes();
            buffer.byteBuf().clear().capacity(0);
            return bytes;
        }
        if (body instanceof Buffer buffer) {
            return buffer.getBytes();
        }
        if (body == null || body instanceof byte[]) {
            return body == null ? new byte[0] : (byte[]) body;
        }
        byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, utf8(exchange), body);
        return bytes == null ? new byte[0] : bytes;
    }

    /** JSON is UTF-8, and a reader is written so whatever the platform's character set is. */
    private static Exchange utf8(Exchange exchange) {
        Exchange asUtf8 = new DefaultExchange(exchange.getContext());
        asUtf8.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
        return asUtf8;
    }

    /**
     * @throws InvalidRequestException for anything but one JSON object without duplicate keys, nested at most 100 deep
     */
    public static ObjectNode parse(byte[] body) {
        if (body.length == 0) {
            throw new InvalidRequestException(null, "The body is empty. Send a JSON object.");
        }
        try {
            JsonNode json = Json.readStrict(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new InvalidRequestException(null, "The body must be a JSON object.");
        } catch (StreamConstraintsException e) {
            throw new InvalidRequestException(new GatewayError(
                    400,
                    "invalid_json",
                    "The JSON is nested deeper than " + Json.MAX_DEPTH
                            + " levels, or a string or number in it is too long.",
                    null,
                    null));
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException(malformed(e));
        } catch (IOException e) {
            throw new InvalidRequestException(GatewayError.of(400, "invalid_json", "The body is not UTF-8 JSON."));
        }
    }

    private static GatewayError malformed(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        if (text != null && text.startsWith("Duplicate field")) {
            return GatewayError.of(400, "duplicate_key", "A key stands twice in one JSON object" + at(e) + ".");
        }
        return GatewayError.of(400, "invalid_json", "The body is not valid JSON" + at(e) + ".");
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
