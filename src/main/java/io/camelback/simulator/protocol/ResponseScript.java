package io.camelback.simulator.protocol;

import io.camelback.simulator.protocol.ResponseStep.End;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the steps of one answer, in HTTP/1.1. */
public final class ResponseScript {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(302, "Found"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(529, "Overloaded"));

    private final List<ResponseStep> steps = new ArrayList<>();

    /** The status line and the headers. */
    public ResponseScript head(int status, Map<String, String> headers) {
        return raw(headBytes(status, headers));
    }

    private static byte[] headBytes(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, "Simulated"))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A whole answer with its length, in one write. */
    public ResponseScript whole(int status, Map<String, String> headers, byte[] body) {
        return whole(status, headers, body, 0);
    }

    public ResponseScript whole(int status, Map<String, String> headers, byte[] body, int tokens) {
        byte[] head = headBytes(status, with(headers, "Content-Length", Integer.toString(body.length)));
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return raw(all, tokens);
    }

    /** The head of an answer of that many bytes, whether they come or not. */
    ResponseScript sized(int status, Map<String, String> headers, int length) {
        return head(status, with(headers, "Content-Length", Integer.toString(length)));
    }

    /** The head of an answer in chunks. */
    public ResponseScript chunked(Map<String, String> headers) {
        return head(200, with(headers, "Transfer-Encoding", "chunked"));
    }

    /** One chunk; nothing for no bytes, as an empty chunk would be the last one. */
    public ResponseScript chunk(byte[] bytes) {
        return chunk(bytes, 0);
    }

    public ResponseScript chunk(byte[] bytes, int tokens) {
        if (bytes.length == 0) {
            return this;
        }
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        steps.add(new ResponseStep.Write(chunk, tokens));
        return this;
    }

    /** One chunk for each frame, and the delay before each token. */
    public ResponseScript frames(List<StreamFrame> frames, Duration delay) {
        for (StreamFrame frame : frames) {
            if (frame.token()) {
                pause(delay);
            }
            chunk(frame.text().getBytes(StandardCharsets.UTF_8), frame.token() ? 1 : 0);
        }
        return this;
    }

    public ResponseScript lastChunk() {
        return raw("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    public ResponseScript raw(byte[] bytes) {
        steps.add(new ResponseStep.Write(bytes, 0));
        return this;
    }

    /** Bytes that say all of the tokens at once. */
    public ResponseScript raw(byte[] bytes, int tokens) {
        steps.add(new ResponseStep.Write(bytes, tokens));
        return this;
    }

    public ResponseScript pause(Duration time) {
        if (!time.isZero()) {
            steps.add(new ResponseStep.Pause(time));
        }
        return this;
    }

    public List<ResponseStep> end(End end) {
        steps.add(end);
        return List.copyOf(steps);
    }

    /** One header more, or instead of the one with the same name in any case. */
    public static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.put(name, value);
        return all;
    }
}
