package io.camelback.camel.inbound;

import io.camelback.chat.GatewayError;
import io.camelback.protocol.InvalidRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Path and query of a request as they came. Gemini's clients say model and method in the path.
 *
 * @param query empty when there is none
 */
public record EndpointUrl(String path, String query) {
    private static final Pattern MODEL_METHOD = Pattern.compile("/[^/]+/models/(.{1,200}):(\\w+)");
    private static final Pattern SSE = Pattern.compile("^(?:.*&)?alt=sse(?:&.*|$)");

    /** {@code …/models/{model}:{method}}. */
    record ModelMethod(String model, String method) {}

    static EndpointUrl of(Message in) {
        return new EndpointUrl(
                in.getHeader(Exchange.HTTP_PATH, "", String.class),
                in.getHeader(Exchange.HTTP_QUERY, "", String.class));
    }

    /** @throws InvalidRequestException 404 with this text when the path names no model, or none of these methods */
    ModelMethod modelMethod(List<String> methods, String otherwise) {
        Matcher named = MODEL_METHOD.matcher(path);
        if (!named.matches() || !methods.contains(named.group(2))) {
            throw new InvalidRequestException(GatewayError.of(404, "not_found", otherwise));
        }
        return new ModelMethod(URLDecoder.decode(named.group(1), StandardCharsets.UTF_8), named.group(2));
    }

    /** Whether the path names this method of a model. */
    boolean isMethod(String method) {
        return path.endsWith(":" + method);
    }

    /** Whether a stream is wanted as server-sent events. */
    boolean wantsSse() {
        return SSE.matcher(query).matches();
    }
}
