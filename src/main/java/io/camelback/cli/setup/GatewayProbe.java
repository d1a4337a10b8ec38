package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a gateway's API as a client would. Errors say what is wrong, and the fix. */
final class GatewayProbe {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_LIST = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build();
    private final String url;
    private final String keyVariable;
    private final String key;

    /** @param key null for none */
    GatewayProbe(String url, String keyVariable, String key) {
        this.url = url;
        this.keyVariable = keyVariable;
        this.key = key;
    }

    /** No gateway answers at the address. */
    static final class NoGatewayException extends IOException {
        private static final long serialVersionUID = 1L;

        NoGatewayException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The gateway's chains, in its own order. */
    List<String> chains() throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request("/v1/models").timeout(TO_LIST).GET());
        if (response.statusCode() != OK) {
            throw refused("The gateway at " + url + " does not list its models", response);
        }
        JsonNode models = json(response).path("data");
        List<String> chains = new ArrayList<>();
        models.forEach(model -> {
            if (model.path("kind").asText().equals("chain")
                    && !model.path("mode").asText().equals("embeddings")) {
                chains.add(model.path("id").asText());
            }
        });
        if (!models.isArray()) {
            throw noGateway("What answers at " + url + " is no Camelback API.", null);
        }
        return chains;
    }

    /**
     * Sends one small request, which a provider may charge for.
     *
     * @return the name of the deployment that answered
     */
    String ask(ProbeFormat format, String model) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(format.path(model))
                .timeout(TO_ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(format.body(model)))));
        if (response.statusCode() == NOT_FOUND) {
            throw new IOException("The gateway at " + url + " has no model " + model + ". Name one with --model. "
                    + message(response));
        }
        if (response.statusCode() != OK) {
            throw refused("The request for " + model + " was not answered", response);
        }
        return response.headers()
                .firstValue("x-camelback-model")
                .orElseThrow(() -> new IOException("The gateway at " + url + " answered for " + model
                        + " with the chain's fixed text: no provider answers. bin/camelback status tells more;"
                        + " --no-check writes the settings all the same."));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw noGateway("No gateway answers at " + url + ".", e);
        }
    }

    private static NoGatewayException noGateway(String what, IOException cause) {
        return new NoGatewayException(
                what + " Start one with bin/camelback start, name its API's address with --url,"
                        + " or write the settings all the same with --no-check.",
                cause);
    }

    private IOException refused(String what, HttpResponse<String> response) throws IOException {
        if (response.statusCode() == UNAUTHORIZED) {
            return new IOException(
                    key == null
                            ? "The gateway at " + url + " wants a client key. Set " + keyVariable
                                    + " to one, or name another variable with --key-env."
                                    + " bin/camelback key create NAME makes a key."
                            : "The gateway at " + url + " does not know the client key in " + keyVariable
                                    + ". Set it to one that bin/camelback key create NAME has printed.");
        }
        return new IOException(what + " (status " + response.statusCode() + "): " + message(response)
                + " bin/camelback status tells more; --no-check writes the settings all the same.");
    }

    private String message(HttpResponse<String> response) throws IOException {
        return json(response).at("/error/message").asText("It gives no reason.");
    }

    private JsonNode json(HttpResponse<String> response) throws IOException {
        try {
            return Json.read(response.body());
        } catch (IOException e) {
            throw noGateway("What answers at " + url + " is no Camelback API.", e);
        }
    }
}
