package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link RawHttpClient} has read.
 *
 * @param headers names in lower case
 */
public record RawHttpResponse(int status, Map<String, String> headers, String body) {
    static RawHttpResponse of(String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1].trim(), (a, b) -> a + ", " + b);
        }
        return new RawHttpResponse(Integer.parseInt(lines[0].split(" ")[1]), headers, parts.length > 1 ? parts[1] : "");
    }

    public JsonNode json() throws IOException {
        return Json.read(body);
    }
}
