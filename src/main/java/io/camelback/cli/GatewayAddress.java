package io.camelback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.dialect.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where a running gateway is asked for its state. */
final class GatewayAddress {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(names = "--management-port", paramLabel = "PORT", defaultValue = "${env:CAMELBACK_MANAGEMENT_PORT:-9876}",
            description = "The running gateway's management port. Default: $CAMELBACK_MANAGEMENT_PORT, or 9876.")
    int port;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "60", description = "How far to look back, up to 1440. Default: 60.")
    int minutes;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    /** @throws IOException when there is no gateway, or it tells nothing; in words */
    JsonNode state() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/state?minutes=" + minutes))
                .timeout(PATIENCE);
        String token = System.getenv("CAMELBACK_MANAGEMENT_TOKEN");
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token.trim());
        }
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("No gateway answers at 127.0.0.1:" + port + ". Start one with bin/camelback start, or name its"
                    + " port with --management-port.", e);
        }
        if (answer.statusCode() != 200) {
            throw new IOException("The gateway at 127.0.0.1:" + port + " tells nothing (" + answer.statusCode() + ")."
                    + (answer.statusCode() == 404 ? " It is starting, or older than this command." : "")
                    + (answer.statusCode() == 401 ? " Set CAMELBACK_MANAGEMENT_TOKEN as it was at its start." : ""));
        }
        return Json.read(answer.body());
    }
}
