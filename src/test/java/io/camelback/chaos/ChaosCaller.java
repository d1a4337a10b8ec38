package io.camelback.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Sends one request and notes what it was told. */
final class ChaosCaller {
    /** A canary: it must be in no log. */
    static final String PROMPT = "canary-prompt";

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final LongSupplier clock;

    /** @param clock gives milliseconds */
    ChaosCaller(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param requestId the request's name
     * @param ask the same for all that are sent with the same Idempotency-Key
     * @param gateway which one is asked, from 0
     * @param secret of the client key
     * @param leavesAfter the caller leaves after so many lines of a stream; 0 for never
     * @param lineMillis how long the caller takes for each line of a stream
     */
    record Asked(
            String requestId,
            String ask,
            boolean idempotent,
            int gateway,
            String key,
            String secret,
            ApiFormat format,
            boolean stream,
            int leavesAfter,
            int lineMillis) {}

    /** @param port of the gateway, or of the proxy before it */
    CallerRecord ask(int port, Asked asked) throws InterruptedException {
        long began = clock.getAsLong();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + asked.format().path(ChaosHome.CHAIN, asked.stream())))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + asked.secret())
                .header("x-request-id", asked.requestId())
                .POST(HttpRequest.BodyPublishers.ofString(
                        asked.format().body(ChaosHome.CHAIN, asked.stream(), PROMPT + " " + asked.ask())));
        if (asked.idempotent()) {
            request.header("Idempotency-Key", asked.ask());
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            return new Told(asked, began, null)
                    .ended(Outcome.CUT, "", e.getClass().getSimpleName());
        }
        Told told = new Told(asked, began, response);
        ApiFormat.Stream stream = asked.format().stream();
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return told.ended(Outcome.REFUSED, text, code(text));
            }
            return asked.stream() ? read(told, stream, body) : plain(told, body);
        } catch (IOException e) {
            // After the error that ends a stream the gateway breaks the connection off.
            return told.ended(
                    stream.said().error() ? Outcome.BROKEN_OFF : Outcome.CUT,
                    stream.said().text(),
                    e.getClass().getSimpleName());
        }
    }

    private static CallerRecord plain(Told told, InputStream body) throws IOException {
        String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        try {
            ApiFormat.Said said = told.asked.format().plain(json);
            return told.ended(said.finished() && !said.error() ? Outcome.WHOLE : Outcome.TRUNCATED, said.text(), null);
        } catch (JsonProcessingException e) {
            return told.ended(Outcome.TRUNCATED, json, null);
        }
    }

    private static CallerRecord read(Told told, ApiFormat.Stream stream, InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        int count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            stream.line(line);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(told.asked.lineMillis()));
            if (++count == told.asked.leavesAfter()) {
                return told.ended(Outcome.LEFT, stream.said().text(), null);
            }
        }
        ApiFormat.Said said = stream.said();
        return told.ended(
                said.error() ? Outcome.BROKEN_OFF : said.finished() ? Outcome.WHOLE : Outcome.TRUNCATED,
                said.text(),
                null);
    }

    private static String code(String json) {
        try {
            JsonNode error = Json.read(json).path("error");
            return error.hasNonNull("code") && error.path("code").isTextual()
                    ? error.path("code").asText()
                    : error.path("type").asText(error.path("status").asText(null));
        } catch (JsonProcessingException e) {
            return "no JSON";
        }
    }

    private final class Told {
        private final Asked asked;
        private final long began;
        private final HttpResponse<InputStream> response;

        Told(Asked asked, long began, HttpResponse<InputStream> response) {
            this.asked = asked;
            this.began = began;
            this.response = response;
        }

        CallerRecord ended(Outcome outcome, String text, String code) {
            return new CallerRecord(
                    asked.requestId(),
                    asked.ask(),
                    asked.idempotent(),
                    asked.gateway(),
                    asked.key(),
                    began,
                    clock.getAsLong(),
                    response == null ? 0 : response.statusCode(),
                    outcome,
                    text,
                    code,
                    header("x-camelback-model").orElse(null),
                    header("x-camelback-idempotent-replay").isPresent());
        }

        private Optional<String> header(String name) {
            return response == null ? Optional.empty() : response.headers().firstValue(name);
        }
    }
}
