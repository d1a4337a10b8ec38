package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The state of a running gateway, and how far it looks back. */
final class StateOptions {
    @Mixin
    private ManagementClient gateway;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "How far to look back, up to 1440. Default: 60.")
    private int minutes;

    /** @throws IOException when there is no gateway, or it tells nothing; the message says why */
    JsonNode state() throws IOException, InterruptedException {
        ManagementClient.Answer answer = gateway.get("/api/state?minutes=" + minutes);
        if (!answer.ok()) {
            throw new IOException(answer.message(
                    "The gateway at " + gateway.address() + " does not tell its state (status " + answer.status() + ")."
                            + (answer.status() == 404 ? " It is starting, or older than this command." : "")));
        }
        return answer.body();
    }
}
