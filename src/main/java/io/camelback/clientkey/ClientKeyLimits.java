package io.camelback.clientkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import io.camelback.protocol.InvalidRequestException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The limits of a key as texts: {@code "requests/minute": "60"}, {@code "tokens/day": "100000"}, {@code "concurrent":
 * "5"}.
 */
final class ClientKeyLimits {
    private static final String CONCURRENT = "concurrent";
    private static final String WINDOW = "window";
    private static final String SLIDING = "sliding";
    private static final String REQUESTS = "requests/";
    private static final String TOKENS = "tokens/";

    private ClientKeyLimits() {}

    static QuotaSettings read(JsonNode json) {
        Map<QuotaPeriod, Long> requests = new EnumMap<>(QuotaPeriod.class);
        Map<QuotaPeriod, Long> tokens = new EnumMap<>(QuotaPeriod.class);
        int concurrent = 0;
        boolean sliding = false;
        for (Map.Entry<String, JsonNode> limit : json.properties()) {
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
        return new QuotaSettings(requests, tokens, concurrent, null, sliding);
    }

    private static QuotaPeriod span(String name) {
        for (QuotaPeriod span : QuotaPeriod.values()) {
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

    private static InvalidRequestException wrong() {
        return new InvalidRequestException(
                "limits",
                "A limit is requests/SPAN or tokens/SPAN, with " + String.join(", ", QuotaPeriod.KEYS)
                        + ", or concurrent, and a whole number; or window, which is calendar or sliding.");
    }

    static void write(QuotaSettings limits, ObjectNode settings) {
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
