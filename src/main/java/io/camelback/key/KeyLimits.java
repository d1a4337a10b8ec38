package io.camelback.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.Limits;
import io.camelback.config.Span;
import io.camelback.dialect.InvalidRequest;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/** The limits of a key as texts: {@code "requests/minute": "60"}, {@code "tokens/day": "100000"}, {@code "concurrent": "5"}. */
final class KeyLimits {
    private static final String CONCURRENT = "concurrent";
    private static final String WINDOW = "window";
    private static final String SLIDING = "sliding";
    private static final String REQUESTS = "requests/";
    private static final String TOKENS = "tokens/";

    private KeyLimits() { }

    static Limits read(JsonNode json) {
        Map<Span, Long> requests = new EnumMap<>(Span.class);
        Map<Span, Long> tokens = new EnumMap<>(Span.class);
        int concurrent = 0;
        boolean sliding = false;
        for (Iterator<Map.Entry<String, JsonNode>> limits = json.fields(); limits.hasNext();) {
            Map.Entry<String, JsonNode> limit = limits.next();
            String name = limit.getKey();
            String said = limit.getValue().asText();
            if (name.startsWith(REQUESTS)) {
                requests.put(span(name.substring(REQUESTS.length())), amount(said));
            } else if (name.startsWith(TOKENS)) {
                tokens.put(span(name.substring(TOKENS.length())), amount(said));
            } else if (name.equals(CONCURRENT)) {
                concurrent = Math.toIntExact(Math.max(1, amount(said)));
            } else if (name.equals(WINDOW) && (said.equals(SLIDING) || said.equals("calendar"))) {
                sliding = said.equals(SLIDING);
            } else {
                throw wrong();
            }
        }
        return new Limits(requests, tokens, concurrent, null, sliding);
    }

    private static Span span(String name) {
        for (Span span : Span.values()) {
            if (span.key().equals(name)) {
                return span;
            }
        }
        throw wrong();
    }

    private static long amount(String said) {
        if (!said.matches("\\d{1,9}")) {
            throw wrong();
        }
        return Long.parseLong(said);
    }

    private static InvalidRequest wrong() {
        return new InvalidRequest("limits", "A limit is requests/SPAN or tokens/SPAN, with " + String.join(", ", Span.KEYS)
                + ", or concurrent, and a whole number; or window, which is calendar or sliding.");
    }

    static void write(Limits limits, ObjectNode settings) {
        if (!limits.counts() && limits.concurrent() == 0) {
            return;
        }
        ObjectNode json = settings.putObject("limits");
        limits.requests().forEach((span, most) -> json.put(REQUESTS + span.key(), String.valueOf(most)));
        limits.tokens().forEach((span, most) -> json.put(TOKENS + span.key(), String.valueOf(most)));
        if (limits.concurrent() > 0) {
            json.put(CONCURRENT, String.valueOf(limits.concurrent()));
        }
        if (limits.sliding()) {
            json.put(WINDOW, SLIDING);
        }
    }
}
