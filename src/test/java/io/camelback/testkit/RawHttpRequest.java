package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request written by hand, for what no client library sends.
 *
 * @param headers names in lower case
 */
public record RawHttpRequest(int status, Map<String, String> headers, String body) {
    private static final int TEN_SECONDS = 10_000;

    /** A POST of JSON with these header lines as well. */
    public static RawHttpRequest post(int port, String target, List<String> headers, String json) throws IOException {
        StringBuilder head = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send(port, head + "Content-Length: " + body.length + "\r\n\r\n" + json);
    }

    /** Exactly this; the answer must end with the connection. */
    public static RawHttpRequest send(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(TEN_SECONDS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static RawHttpRequest read(String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1].trim(), (a, b) -> a + ", " + b);
        }
        return new RawHttpRequest(Integer.parseInt(lines[0].split(" ")[1]), headers, parts.length > 1 ? parts[1] : "");
    }

    JsonNode json() throws IOException {
        return Json.read(body);
    }
}
