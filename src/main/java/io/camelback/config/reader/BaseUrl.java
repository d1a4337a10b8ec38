package io.camelback.config.reader;

import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A provider's address, brought into the form that its dialect appends to. Accepts a base with and without the version.
 */
final class BaseUrl {
    private BaseUrl() {}

    static String normal(String dialect, String text) throws UnreadableValueException {
        URI uri = uri(text);
        String path = uri.getRawPath().replaceAll("/+$", "");
        if (path.endsWith("/chat/completions") || path.endsWith("/messages") || path.endsWith(":generateContent")) {
            throw new UnreadableValueException(
                    "is an endpoint's address, not its base", "Leave the last part of the path out");
        }
        String base = uri.getScheme() + "://" + uri.getRawAuthority();
        return base
                + switch (dialect) {
                    case "anthropic" -> path.replaceFirst("/v1$", "");
                    case "gemini" -> path.replaceFirst("/v1(beta)?$", "");
                    default -> path.isEmpty() ? "/v1" : path;
                };
    }

    private static URI uri(String text) throws UnreadableValueException {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw noAddress();
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw noAddress();
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new UnreadableValueException(
                    "has more than scheme, host, port and path",
                    "Leave out user, query and fragment; the key is api-key");
        }
        return uri;
    }

    private static UnreadableValueException noAddress() {
        return new UnreadableValueException(
                "is not an http or https address", "Write one such as https://api.example.com/v1");
    }
}
