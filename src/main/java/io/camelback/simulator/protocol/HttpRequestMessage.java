package io.camelback.simulator.protocol;

import java.util.List;
import java.util.Map;

/** A parsed HTTP request. @param headers by name, in any case */
public record HttpRequestMessage(
        String method, String target, String version, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header; null when there is none. */
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    public boolean keepsAlive() {
        String connection = header("Connection");
        return version.equals("HTTP/1.1") && !"close".equalsIgnoreCase(connection);
    }
}
