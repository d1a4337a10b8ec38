package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** HTTP client of a running gateway's management port, with the option {@code --url}. */
final class ManagementClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The management address of a running gateway."
                    + " Default: http://127.0.0.1, port $CAMELBACK_MANAGEMENT_PORT or 9876.")
    private URI url;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** A status, and the body as JSON. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status == OK;
        }

        /** The error's message; otherwise the text given. */
        String message(String otherwise) {
            return body.at("/error/message").asText(otherwise);
        }
    }

    /** Whether {@code --url} was given. */
    boolean isNamed() {
        return url != null;
    }

    /** Where the gateway is: {@code --url}, or this machine. */
    String address() {
        return address(System.getenv()::get);
    }

    private String address(Function<String, String> environment) {
        if (url != null) {
            return url.toString().replaceAll("/+$", "");
        }
        String port = environment.apply("CAMELBACK_MANAGEMENT_PORT");
        return "http://127.0.0.1:" + (port == null || port.isBlank() ? "9876" : port.trim());
    }

    /**
     * @throws NoGatewayException when nothing answers there, or the answer is not a gateway's, or a token is missing
     */
    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** As {@link #get}, with a JSON body. */
    Answer post(String path, byte[] json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("x-camelback-action", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private HttpRequest.Builder request(String path) throws NoGatewayException {
        try {
            return HttpRequest.newBuilder(URI.create(address() + path)).timeout(TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new NoGatewayException(
                    "--url takes an address such as http://127.0.0.1:9876, and not " + url + ".", e);
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String token = System.getenv("CAMELBACK_MANAGEMENT_TOKEN");
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token.trim());
        }
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NoGatewayException(
                    "No gateway answers at " + address() + ". Start one with bin/camelback start, or name its"
                            + " management address with --url.",
                    e);
        }
        if (response.statusCode() == UNAUTHORIZED) {
            throw new NoGatewayException(
                    "The gateway at " + address() + " requires a token. Set CAMELBACK_MANAGEMENT_TOKEN to the value"
                            + " that it was started with.",
                    null);
        }
        try {
            return new Answer(response.statusCode(), Json.read(response.body()));
        } catch (IOException e) {
            throw new NoGatewayException(
                    "What answers at " + address() + " (status " + response.statusCode() + ") is no Camelback"
                            + " management port. Name it with --url.",
                    e);
        }
    }

    /** Nothing can be asked there; the message says why, and the fix. */
    static final class NoGatewayException extends IOException {
        private static final long serialVersionUID = 1L;

        NoGatewayException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
