package io.camelback.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;

/**
 * Tells requests that a web page of another origin makes a browser send. A browser asks for no permission before it
 * dials a WebSocket, nor before it sends a body without a content type: so these are refused from such a page. Programs
 * with an origin of a scheme of their own are no web pages.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, 10.2</a>
 */
final class OriginCheck {
    private OriginCheck() {}

    static boolean foreignPage(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        try {
            URI uri = URI.create(origin.trim().toLowerCase(Locale.ROOT));
            boolean page = uri.getScheme() == null || uri.getScheme().matches("https?");
            String host = request.getHeader(HttpHeaders.HOST);
            return page && (host == null || !host.equalsIgnoreCase(uri.getRawAuthority()));
        } catch (IllegalArgumentException unreadable) {
            return true;
        }
    }
}
