package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The endpoints that stream: how each is asked, and what its callers see in what comes back. */
public enum StreamingEndpoint {
    CHAT("/v1/chat/completions"),
    MESSAGES("/v1/messages"),
    RESPONSES("/v1/responses"),
    GEMINI("/v1beta/models/%s:streamGenerateContent?alt=sse"),
    GEMINI_ARRAY("/v1beta/models/%s:streamGenerateContent");

    /** The tool that {@link #body} offers where it shall. */
    static final String TOOL = "delete";

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}";

    private final String path;

    StreamingEndpoint(String path) {
        this.path = path;
    }

    /**
     * What a caller makes of a stream.
     *
     * @param text all of it
     * @param errors what was told to have gone wrong
     * @param finishes why the model is said to have stopped
     * @param ends how many terminal markers there were; for Gemini, which has none, how many finishes
     * @param calls how many tool calls were begun
     * @param comments what stood between the events, which clients pass over
     */
    public record Seen(
            String text, List<JsonNode> errors, List<String> finishes, int ends, int calls, List<String> comments) {
        /** The model is said to be done, once, and nothing to have gone wrong. */
        public boolean complete() {
            return errors.isEmpty() && finishes.size() == 1 && ends == 1;
        }

        /** An error, and nothing that looks like an end. */
        public boolean broken() {
            return !errors.isEmpty() && finishes.isEmpty() && ends == 0;
        }
    }

    public HttpRequest request(RunningGateway gateway, String model, boolean tools, String... headers) {
        return gateway.request(String.format(path, model), body(model, tools), headers);
    }

    /** @param text what the user says. @param tools whether a tool is offered */
    public HttpResponse<String> ask(GatewayTestCase drill, String model, String text, boolean tools, String... headers)
            throws Exception {
        return TruncatedResponse.send(
                drill.gateway().client(),
                drill.gateway()
                        .request(
                                String.format(path, model),
                                body(model, tools).replace("\"hi\"", "\"" + text + "\""),
                                headers));
    }

    public HttpResponse<String> ask(GatewayTestCase drill, String model, boolean tools, String... headers)
            throws Exception {
        return TruncatedResponse.send(drill.gateway().client(), request(drill.gateway(), model, tools, headers));
    }

    private String body(String model, boolean tools) {
        String head = "{\"model\":\"" + model + "\",\"stream\":true,";
        return switch (this) {
            case CHAT ->
                head + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                        + (!tools
                                ? ""
                                : ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"delete\",\"parameters\":"
                                        + SCHEMA + "}}]")
                        + "}";
            case MESSAGES ->
                head + "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                        + (!tools ? "" : ",\"tools\":[{\"name\":\"delete\",\"input_schema\":" + SCHEMA + "}]") + "}";
            case RESPONSES ->
                head + "\"input\":\"hi\""
                        + (!tools
                                ? ""
                                : ",\"tools\":[{\"type\":\"function\",\"name\":\"delete\",\"strict\":false,\"parameters\":"
                                        + SCHEMA + "}]")
                        + "}";
            default ->
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]"
                        + (!tools
                                ? ""
                                : ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"delete\",\"parametersJsonSchema\":"
                                        + SCHEMA + "}]}]")
                        + "}";
        };
    }

    /** Fails when the bytes are no stream of this dialect. */
    public Seen seen(String body) throws IOException {
        Reading reading = new Reading();
        if (this == GEMINI_ARRAY) {
            Json.read(body).forEach(reading::gemini);
            return reading.seen();
        }
        for (String line : body.split("\n")) {
            if (line.equals("data: [DONE]")) {
                reading.ends++;
            } else if (line.startsWith("data: ")) {
                JsonNode event = Json.read(line.substring("data: ".length()));
                switch (this) {
                    case CHAT -> reading.chat(event);
                    case MESSAGES -> reading.message(event);
                    case RESPONSES -> reading.response(event);
                    default -> reading.gemini(event);
                }
            } else if (line.startsWith(":")) {
                reading.comments.add(line);
            } else if (!line.isBlank() && !line.startsWith("event: ")) {
                throw new IOException("No line of a stream: " + line);
            }
        }
        return reading.seen();
    }

    private static final class Reading {
        private final StringBuilder text = new StringBuilder();
        private final List<JsonNode> errors = new ArrayList<>();
        private final List<String> finishes = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();
        private int ends;
        private int calls;

        Seen seen() {
            return new Seen(text.toString(), errors, finishes, ends, calls, comments);
        }

        private void chat(JsonNode chunk) {
            JsonNode choice = chunk.at("/choices/0");
            text.append(choice.at("/delta/content").asText(""));
            choice.at("/delta/tool_calls").forEach(call -> calls += call.hasNonNull("id") ? 1 : 0);
            finish(choice.path("finish_reason"));
            error(chunk);
        }

        private void message(JsonNode event) {
            text.append(event.at("/delta/text").asText(""));
            calls += event.at("/content_block/type").asText().equals("tool_use") ? 1 : 0;
            finish(event.at("/delta/stop_reason"));
            ends += event.path("type").asText().equals("message_stop") ? 1 : 0;
            error(event);
        }

        private void response(JsonNode event) {
            switch (event.path("type").asText()) {
                case "response.output_text.delta" ->
                    text.append(event.path("delta").asText());
                case "response.output_item.added" ->
                    calls += event.at("/item/type").asText().equals("function_call") ? 1 : 0;
                case "response.completed", "response.incomplete" -> {
                    finishes.add(event.at("/response/status").asText());
                    ends++;
                }
                case "response.failed" -> errors.add(event.get("response"));
                default -> {}
            }
        }

        private void gemini(JsonNode element) {
            JsonNode candidate = element.at("/candidates/0");
            for (JsonNode part : candidate.at("/content/parts")) {
                text.append(part.path("text").asText(""));
                calls += part.has("functionCall") ? 1 : 0;
            }
            ends += candidate.hasNonNull("finishReason") ? 1 : 0;
            finish(candidate.path("finishReason"));
            error(element);
        }

        private void finish(JsonNode reason) {
            if (reason.isTextual()) {
                finishes.add(reason.textValue());
            }
        }

        private void error(JsonNode event) {
            if (event.hasNonNull("error")) {
                errors.add(event);
            }
        }
    }
}
