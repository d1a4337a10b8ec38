package io.camelback.simulator;

import io.camelback.simulator.protocol.HttpRequestMessage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads HTTP/1.1 requests, with Content-Length or in chunks, up to 256 MiB. */
final class HttpRequestReader {
    private static final int LARGEST_BODY = 256 << 20;
    private static final int MOST_HEADERS = 1000;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final InboundBytes in;
    private final OutputStream out;

    HttpRequestReader(InboundBytes in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * The next request; empty when the client sends no more.
     *
     * @throws ProtocolException when it is no HTTP/1.1
     */
    Optional<HttpRequestMessage> next() throws IOException {
        String line = in.line();
        while (line != null && line.isEmpty()) {
            line = in.line();
        }
        if (line == null) {
            return Optional.empty();
        }
        String[] parts = line.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("Not a request line");
        }
        Map<String, List<String>> headers = headers();
        return Optional.of(new HttpRequestMessage(parts[0], parts[1], parts[2], headers, body(headers)));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int count = 0;
        for (String line = required(); !line.isEmpty(); line = required()) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MOST_HEADERS) {
                throw new ProtocolException(colon < 1 ? "Not a header" : "More than " + MOST_HEADERS + " headers");
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("Expect", List.of()).contains("100-continue")) {
            out.write(CONTINUE);
        }
        if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        return in.bytes(
                size(headers.getOrDefault("Content-Length", List.of("0")).get(0), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(in.bytes(size));
            if (body.size() > LARGEST_BODY || !required().isEmpty()) {
                throw new ProtocolException("Not a chunk, or too many");
            }
        }
        String trailer = required();
        while (!trailer.isEmpty()) {
            trailer = required();
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return size(required().split(";")[0].strip(), 16);
    }

    private static int size(String text, int radix) throws ProtocolException {
        try {
            int size = Integer.parseUnsignedInt(text, radix);
            if (size >= 0 && size <= LARGEST_BODY) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("Not a size: " + text);
        }
        throw new ProtocolException("More than " + LARGEST_BODY + " bytes");
    }

    private String required() throws IOException {
        String line = in.line();
        if (line == null) {
            throw new EOFException("The client left within a request");
        }
        return line;
    }
}
