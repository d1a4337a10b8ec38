package io.camelback.server.management;

import io.camelback.chat.GatewayError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Decides who may use the management port's pages and actions. Without a token, whoever sits on this machine, and no
 * web page that only got a browser there to ask: the Host must be this machine's name for itself, and the Origin, where
 * there is one, this server. With a token, whoever has it: as {@code Authorization: Bearer}, or as the password of a
 * browser's dialogue.
 */
public final class ManagementAuthorizer {
    /**
     * The header that every action needs. A page of another origin cannot send it without asking first, and is not
     * allowed to.
     */
    static final String ACTION = "x-camelback-action";
    /** The environment variable with the token. */
    public static final String TOKEN = "CAMELBACK_MANAGEMENT_TOKEN";

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final byte[] token;

    /** @param token null or blank for none */
    public ManagementAuthorizer(String token) {
        this.token = token == null || token.isBlank() ? null : token.trim().getBytes(StandardCharsets.UTF_8);
    }

    /** @return why this request is not answered; null when it may be */
    GatewayError refuse(HttpServerRequest request, boolean action) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return GatewayError.of(400, "bad_request", "The request has more than one Host header. Send one.");
        }
        HostAndPort host = request.authority();
        if (foreign(request.getHeader("Origin"), host)) {
            return GatewayError.of(403, "foreign_origin", "This server answers no page of another origin.");
        }
        if (action && request.getHeader(ACTION) == null) {
            return GatewayError.of(403, "not_confirmed", "An action needs the header " + ACTION + ": 1.");
        }
        if (token != null) {
            return has(request.getHeader("Authorization"))
                    ? null
                    : GatewayError.of(
                            401,
                            "token_needed",
                            "Send the token of " + TOKEN + ": Authorization: Bearer, or as a password.");
        }
        if (!loopback(request.remoteAddress())
                || host == null
                || !HERE.contains(host.host().toLowerCase(Locale.ROOT))) {
            return GatewayError.of(
                    403,
                    "not_local",
                    "This is for callers on this machine. To let others in, start the gateway with " + TOKEN + ".");
        }
        return null;
    }

    private static boolean foreign(String origin, HostAndPort host) {
        if (origin == null) {
            return false;
        }
        try {
            return host == null || !URI.create(origin).getRawAuthority().equalsIgnoreCase(host.toString());
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            return true;
        }
    }

    private static boolean loopback(SocketAddress peer) {
        try {
            return peer != null
                    && peer.hostAddress() != null
                    && InetAddress.getByName(peer.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean has(String authorization) {
        if (authorization == null) {
            return false;
        }
        String[] parts = authorization.trim().split(" +", 2);
        String said = parts.length < 2 ? "" : parts[1];
        if (parts[0].equalsIgnoreCase("Basic")) {
            said = password(said);
        } else if (!parts[0].equalsIgnoreCase("Bearer")) {
            return false;
        }
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), token);
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
