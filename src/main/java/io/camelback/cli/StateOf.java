package io.camelback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.Terminal.Ink;

/** Whether a deployment works, in two words and a colour. */
record StateOf(String text, Ink ink) {
    static final StateOf OK = new StateOf("ok", Ink.GOOD);

    static StateOf of(JsonNode deployment) {
        if (!deployment.path("usable").asBoolean()) {
            return new StateOf("no key", Ink.DIM);
        }
        for (String park : new String[] {"key_parked", "parked"}) {
            if (deployment.has(park)) {
                return new StateOf(park.replace('_', ' ') + seconds(deployment.at("/" + park + "/left_ms")), Ink.BAD);
            }
        }
        return switch (deployment.at("/breaker/state").asText()) {
            case "open" -> new StateOf("breaker open" + seconds(deployment.at("/breaker/left_ms")), Ink.BAD);
            case "forced_open" -> new StateOf("held open", Ink.WARN);
            case "half_open" -> new StateOf("probing", Ink.WARN);
            default -> OK;
        };
    }

    private static String seconds(JsonNode left) {
        return left.asLong() == 0 ? "" : " " + (left.asLong() + 999) / 1000 + " s";
    }
}
