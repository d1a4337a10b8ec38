package io.camelback.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.TerminalStyle.Ink;

/** A deployment's state in two words and a colour. */
record DeploymentStateLabel(String text, Ink ink) {
    static final DeploymentStateLabel OK = new DeploymentStateLabel("ok", Ink.GOOD);

    static DeploymentStateLabel of(JsonNode deployment) {
        if (!deployment.path("usable").asBoolean()) {
            return new DeploymentStateLabel("no key", Ink.DIM);
        }
        for (String field : new String[] {"key_cooldown", "cooldown"}) {
            if (deployment.has(field)) {
                return new DeploymentStateLabel(
                        field.replace('_', ' ') + seconds(deployment.at("/" + field + "/left_ms")), Ink.BAD);
            }
        }
        return switch (deployment.at("/breaker/state").asText()) {
            case "open" ->
                new DeploymentStateLabel("breaker open" + seconds(deployment.at("/breaker/left_ms")), Ink.BAD);
            case "forced_open" -> new DeploymentStateLabel("held open", Ink.WARN);
            case "half_open" -> new DeploymentStateLabel("probing", Ink.WARN);
            default -> OK;
        };
    }

    private static String seconds(JsonNode left) {
        return left.asLong() == 0 ? "" : " " + (left.asLong() + 999) / 1000 + " s";
    }
}
