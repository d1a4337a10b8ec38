package io.camelback.simulator;

import io.camelback.simulator.protocol.ProviderErrorBodies;
import io.camelback.simulator.protocol.ResponseScript;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.ResponseStep.End;
import io.camelback.simulator.protocol.SimulatedAnswer;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.simulator.protocol.StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Responses that are valid HTTP: a good answer, and malformed or empty ones. */
public sealed interface BodyFault extends SimulatedFault {

    /** See {@link SimulatedFault#ok()}. @param completion null for the provider's own */
    record Ok(SimulatedCompletion completion) implements BodyFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return play(new ResponseScript(), completion == null ? answer : answer.saying(completion));
        }

        static List<ResponseStep> play(ResponseScript plan, SimulatedAnswer answer) {
            return answer.stream()
                    ? plan.chunked(answer.headers())
                            .frames(answer.frames(), answer.delay())
                            .lastChunk()
                            .end(End.KEEP)
                    : plain(plan, answer);
        }

        private static List<ResponseStep> plain(ResponseScript plan, SimulatedAnswer answer) {
            return plan.pause(answer.time())
                    .whole(200, answer.headers("application/json"), answer.json(), answer.length())
                    .end(End.KEEP);
        }
    }

    /**
     * See {@link SimulatedFault#status(int)}.
     *
     * @param headers beside the usual ones, or instead of them where the name is the same
     * @param body null for the dialect's own error body
     */
    record Status(int status, Map<String, String> headers, String body) implements BodyFault {
        public Status {
            headers = Map.copyOf(headers);
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("Not the status of an answer: " + status);
            }
        }

        /** One more header, as in {@code SimulatedFault.status(429).header("Retry-After", "2")}. */
        public Status header(String name, String value) {
            return new Status(status, ResponseScript.with(headers, name, value), body);
        }

        /**
         * Another body; sent as HTML when it starts with {@code <}, as JSON otherwise, unless a header says what it is.
         */
        public Status body(String text) {
            return new Status(status, headers, text);
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            if (status == 204 || status == 304) {
                return new ResponseScript().head(status, headers).end(End.KEEP);
            }
            String text = body == null ? usualBody(answer) : body;
            Map<String, String> all =
                    answer.headers(text.startsWith("<") ? "text/html; charset=utf-8" : "application/json");
            all.putAll(headers);
            return new ResponseScript().whole(status, all, utf8(text)).end(End.KEEP);
        }

        private String usualBody(SimulatedAnswer answer) {
            String retryAfter = headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
            return ProviderErrorBodies.html(status) ? ProviderErrorBodies.HTML : answer.error(status, retryAfter);
        }
    }

    /** See {@link SimulatedFault#htmlWith200()}. */
    record HtmlWith200() implements BodyFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript()
                    .whole(200, answer.headers("text/html; charset=utf-8"), utf8(ProviderErrorBodies.HTML))
                    .end(End.KEEP);
        }
    }

    /** See {@link SimulatedFault#errorIn200(String)}. */
    record ErrorIn200(String json) implements BodyFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript()
                    .whole(200, answer.headers("application/json"), utf8(json))
                    .end(End.KEEP);
        }
    }

    /** See {@link SimulatedFault#jsonForStream()}. */
    record JsonForStream() implements BodyFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return Ok.plain(new ResponseScript(), answer);
        }
    }

    /**
     * See {@link SimulatedFault#rawSse(String, int)} and {@link SimulatedFault#sliced(int)}.
     *
     * @param text null for the good answer
     * @param splitEvery bytes for each write, each a chunk of its own
     */
    record RawSse(String text, int splitEvery) implements BodyFault {
        public RawSse {
            if (splitEvery < 1) {
                throw new IllegalArgumentException("Nothing can be split every " + splitEvery + " bytes");
            }
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            ResponseScript plan = new ResponseScript().chunked(text == null ? answer.headers() : answer.eventHeaders());
            byte[] bytes = bytes(answer);
            for (int at = 0; at < bytes.length; at += splitEvery) {
                plan.chunk(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + splitEvery)));
            }
            return plan.raw(new byte[0], text == null ? answer.length() : 0)
                    .lastChunk()
                    .end(End.KEEP);
        }

        private byte[] bytes(SimulatedAnswer answer) {
            if (text != null) {
                return utf8(text);
            }
            return answer.stream()
                    ? utf8(String.join(
                            "", answer.frames().stream().map(StreamFrame::text).toList()))
                    : answer.json();
        }
    }

    /** See {@link SimulatedFault#gzip()}. */
    record Gzip() implements BodyFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            Map<String, String> headers = ResponseScript.with(answer.headers(), "Content-Encoding", "gzip");
            try {
                return answer.stream() ? events(headers, answer) : whole(headers, answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<ResponseStep> whole(Map<String, String> headers, SimulatedAnswer answer)
                throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(answer.json());
            }
            return new ResponseScript()
                    .whole(200, headers, bytes.toByteArray(), answer.length())
                    .end(End.KEEP);
        }

        private static List<ResponseStep> events(Map<String, String> headers, SimulatedAnswer answer)
                throws IOException {
            ResponseScript plan = new ResponseScript().chunked(headers);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, true)) {
                for (StreamFrame frame : answer.frames()) {
                    gzip.write(utf8(frame.text()));
                    gzip.flush();
                    plan.pause(frame.token() ? answer.delay() : Duration.ZERO)
                            .chunk(bytes.toByteArray(), frame.token() ? 1 : 0);
                    bytes.reset();
                }
            }
            return plan.chunk(bytes.toByteArray()).lastChunk().end(End.KEEP);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
