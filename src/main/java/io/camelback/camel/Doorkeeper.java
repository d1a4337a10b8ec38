package io.camelback.camel;

import io.camelback.chat.GatewayError;
import io.camelback.dialect.InvalidRequest;
import io.camelback.key.ClientKey;
import io.camelback.key.KeyRing;
import io.camelback.key.Secret;
import io.camelback.routing.Targets;
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
 * Asks callers for their key. It stands before all doors, where nothing of a stranger's body is read, and in each of them,
 * which is what there is inside a host's Camel runtime. Whatever is wrong with a key, the answer is the same.
 */
final class Doorkeeper {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String BEARER = "Bearer ";

    private final KeyRing ring;
    private final BooleanSupplier required;

    /**
     * @param ring     null where no keys are kept
     * @param required whether the configuration wants keys, come what may
     */
    Doorkeeper(KeyRing ring, BooleanSupplier required) {
        this.ring = ring;
        this.required = required;
    }

    /** @return the caller's key; empty where none is wanted @throws InvalidRequest when one is wanted and the caller has none */
    Optional<ClientKey> admit(Message in) {
        return admit(name -> in.getHeader(name, String.class), in.getHeader(Exchange.HTTP_PATH, "", String.class),
                in.getHeader(Exchange.HTTP_QUERY, String.class));
    }

    Optional<ClientKey> admit(HttpServerRequest request) {
        return admit(request::getHeader, request.path(), request.query());
    }

    private Optional<ClientKey> admit(UnaryOperator<String> headers, String path, String query) {
        boolean must = required.getAsBoolean() || ring != null && ring.wanted();
        if (!must) {
            return Optional.empty();
        }
        if (ring != null && !ring.known()) {
            throw new InvalidRequest(new GatewayError(503, "keys_unavailable", "Keys cannot be looked up now. Try again in 5 seconds.",
                    null, SOON));
        }
        String said = said(headers, path, query);
        Optional<ClientKey> key = ring == null ? Optional.empty() : ring.find(said);
        if (key.isEmpty()) {
            throw new InvalidRequest(GatewayError.of(401, "invalid_api_key", "This gateway wants a key of its own, which begins with "
                    + Secret.PREFIX + ": Authorization: Bearer, or x-api-key."));
        }
        return key;
    }

    /** Clients send their key in one place or another, and some send another one's beside it. */
    private static String said(UnaryOperator<String> headers, String path, String query) {
        String authorization = headers.apply("Authorization");
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        List<String> said = Stream.of(bearer ? authorization.substring(BEARER.length()).trim() : null, headers.apply("x-api-key"),
                headers.apply("x-goog-api-key"), Doors.isGoogles(path) ? inQuery(query) : null).filter(key -> key != null).toList();
        return said.stream().filter(key -> key.startsWith(Secret.PREFIX)).findFirst().orElse("");
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
     * @throws InvalidRequest 404 for an unknown name, 403 for one that the key does not allow; neither says more names than those
     */
    static String target(Optional<ClientKey> key, Targets targets, String model) {
        if (key.filter(ClientKey::restricted).isEmpty()) {
            return targets.require(model);
        }
        String names = " It allows: " + String.join(", ", key.get().settings().models().stream().sorted().toList()) + ".";
        String target = targets.resolve(model).orElseThrow(() -> new InvalidRequest(new GatewayError(404, "model_not_found",
                "There is no such model for this key." + names, "model", null)));
        if (!key.get().allows(target)) {
            throw new InvalidRequest(new GatewayError(403, "model_not_allowed", "This key does not allow this model." + names, "model",
                    null));
        }
        return target;
    }
}
