package io.camelback.camel.inbound;

import io.camelback.chat.GatewayError;
import io.camelback.clientkey.ClientKey;
import io.camelback.clientkey.ClientKeyCache;
import io.camelback.clientkey.ClientKeySecret;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.routing.ModelResolver;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Checks callers' keys. The server asks it before it reads any of a body, and each endpoint asks it again, because a
 * host's Camel runtime has endpoints only. Whatever is wrong with a key, the answer is the same.
 */
public final class ApiKeyAuthenticator {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String BEARER = "Bearer ";

    private final ClientKeyCache keys;
    private final BooleanSupplier required;

    /**
     * @param keys null where no keys are kept
     * @param required whether the configuration wants keys, come what may
     */
    public ApiKeyAuthenticator(ClientKeyCache keys, BooleanSupplier required) {
        this.keys = keys;
        this.required = required;
    }

    /**
     * @return the caller's key; empty where none is wanted @throws InvalidRequestException when one is wanted and the
     *     caller has none
     */
    Optional<ClientKey> admit(Message in) {
        return admit(
                name -> in.getHeader(name, String.class),
                in.getHeader(Exchange.HTTP_PATH, "", String.class),
                in.getHeader(Exchange.HTTP_QUERY, String.class));
    }

    public Optional<ClientKey> admit(HttpServerRequest request) {
        return admit(request::getHeader, request.path(), request.query());
    }

    private Optional<ClientKey> admit(UnaryOperator<String> headers, String path, String query) {
        boolean must = required.getAsBoolean() || keys != null && keys.wanted();
        if (!must) {
            return Optional.empty();
        }
        if (keys != null && !keys.known()) {
            throw new InvalidRequestException(new GatewayError(
                    503, "keys_unavailable", "Keys cannot be looked up now. Try again in 5 seconds.", null, SOON));
        }
        String said = said(headers, path, query);
        Optional<ClientKey> key = keys == null ? Optional.empty() : keys.find(said);
        if (key.isEmpty()) {
            throw new InvalidRequestException(GatewayError.of(
                    401,
                    "invalid_api_key",
                    "This gateway wants a key of its own, which begins with " + ClientKeySecret.PREFIX
                            + ": Authorization: Bearer, or x-api-key."));
        }
        return key;
    }

    /** Clients send their key in one place or another, and some send another one's beside it. */
    private static String said(UnaryOperator<String> headers, String path, String query) {
        String authorization = headers.apply("Authorization");
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        List<String> said = Stream.of(
                        bearer ? authorization.substring(BEARER.length()).trim() : null,
                        headers.apply("x-api-key"),
                        headers.apply("x-goog-api-key"),
                        InboundEndpoints.isGoogles(path) ? inQuery(query) : null)
                .filter(key -> key != null)
                .toList();
        return said.stream()
                .filter(key -> key.startsWith(ClientKeySecret.PREFIX))
                .findFirst()
                .orElse("");
    }

    private static String inQuery(String query) {
        for (String part : query == null ? new String[0] : query.split("&")) {
            if (part.startsWith("key=")) {
                try {
                    return URLDecoder.decode(part.substring("key=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException malformed) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * The chain or deployment that shall answer the owner of a key.
     *
     * @throws InvalidRequestException 404 for an unknown name, 403 for one that the key does not allow; neither says
     *     more names than those
     */
    static String target(Optional<ClientKey> key, ModelResolver targets, String model) {
        if (key.filter(ClientKey::restricted).isEmpty()) {
            return targets.require(model);
        }
        String names = " It allows: "
                + String.join(
                        ", ", key.get().settings().models().stream().sorted().toList()) + ".";
        String target = targets.resolve(model)
                .orElseThrow(() -> new InvalidRequestException(new GatewayError(
                        404, "model_not_found", "There is no such model for this key." + names, "model", null)));
        if (!key.get().allows(target)) {
            throw new InvalidRequestException(new GatewayError(
                    403, "model_not_allowed", "This key does not allow this model." + names, "model", null));
        }
        return target;
    }
}
