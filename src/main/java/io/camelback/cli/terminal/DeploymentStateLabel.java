package io.camelback.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.TerminalStyle.Ink;

/** Whether a deployment works, in two words and a colour. */
record DeploymentStateLabel(String text, Ink ink) {
    static final DeploymentStateLabel OK = new DeploymentStateLabel("ok", Ink.GOOD);

    static DeploymentStateLabel of(JsonNode deployment) {
        if (!deployment.path("usable").asBoolean()) {
            return new DeploymentStateLabel("no key", Ink.DIM);
        }
        for (String park : new String[] {"key_cooldown", "cooldown"}) {
            if (deployment.has(park)) {
                return new DeploymentStateLabel(
                        park.replace('_', ' ') + seconds(deployment.at("/" + park + "/left_ms")), Ink.BAD);
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
