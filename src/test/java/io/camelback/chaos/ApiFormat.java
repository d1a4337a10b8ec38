package io.camelback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;

/** The four API formats that callers use: how each asks, and what stands in its answers. */
enum ApiFormat {
    CHAT(
            "/v1/chat/completions",
            "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),
    RESPONSES("/v1/responses", "{\"model\":\"%s\",\"stream\":%s,\"max_output_tokens\":50,\"input\":\"%s\"}"),
    MESSAGES(
            "/v1/messages",
            "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"),
    GEMINI(
            null,
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%3$s\"}]}],\"generationConfig\":{\"maxOutputTokens\":50}}");

    private final String path;
    private final String body;

    ApiFormat(String path, String body) {
        this.path = path;
        this.body = body;
    }

    /**
     * What an answer says.
     *
     * @param finished whether it says that the model has regularly come to its end
     * @param error whether it tells of a failure
     */
    record Said(String text, boolean finished, boolean error) {}

    String path(String model, boolean stream) {
        return this != GEMINI
                ? path
                : "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    String body(String model, boolean stream, String text) {
        return String.format(body, model, stream, text);
    }

    /** @throws IOException when it is no JSON */
    Said plain(String json) throws IOException {
        JsonNode answer = Json.read(json);
        StringBuilder text = new StringBuilder();
        return switch (this) {
            case CHAT ->
                new Said(
                        answer.at("/choices/0/message/content").asText(""),
                        answer.at("/choices/0/finish_reason").asText().equals("stop"),
                        answer.hasNonNull("error"));
            case RESPONSES -> {
                answer.path("output")
                        .forEach(item -> item.path("content")
                                .forEach(part -> text.append(part.path("text").asText())));
                yield new Said(
                        text.toString(),
                        answer.path("status").asText().equals("completed"),
                        answer.hasNonNull("error"));
            }
            case MESSAGES -> {
                answer.path("content")
                        .forEach(part -> text.append(part.path("text").asText()));
                yield new Said(
                        text.toString(),
                        answer.path("stop_reason").asText().equals("end_turn"),
                        answer.hasNonNull("error"));
            }
            case GEMINI -> {
                answer.at("/candidates/0/content/parts")
                        .forEach(part -> text.append(part.path("text").asText()));
                yield new Said(
                        text.toString(),
                        answer.at("/candidates/0/finishReason").asText().equals("STOP"),
                        answer.hasNonNull("error"));
            }
        };
    }

    /** Reads a stream line by line. */
    Stream stream() {
        return new Stream();
    }

    /** What has come of a stream so far. */
    final class Stream {
        private final StringBuilder text = new StringBuilder();
        private boolean finished;
        private boolean error;

        /** @throws IOException when it is no line of a stream */
        void line(String line) throws IOException {
            if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
                JsonNode event = Json.read(line.substring("data: ".length()));
                switch (ApiFormat.this) {
                    case CHAT -> chat(event);
                    case RESPONSES -> response(event);
                    case MESSAGES -> message(event);
                    case GEMINI -> gemini(event);
                }
            } else if (line.startsWith("{")) {
                throw new IOException("No line of a stream: " + line);
            }
        }

        Said said() {
            return new Said(text.toString(), finished, error);
        }

        private void chat(JsonNode event) {
            text.append(event.at("/choices/0/delta/content").asText(""));
            finished |= event.at("/choices/0/finish_reason").asText().equals("stop");
            error |= event.hasNonNull("error");
        }

        private void response(JsonNode event) {
            String type = event.path("type").asText();
            text.append(
                    type.equals("response.output_text.delta")
                            ? event.path("delta").asText()
                            : "");
            finished |= type.equals("response.completed");
            error |= type.equals("error") || type.equals("response.failed");
        }

        private void message(JsonNode event) {
            text.append(event.at("/delta/text").asText(""));
            finished |= event.at("/delta/stop_reason").asText().equals("end_turn");
            error |= event.path("type").asText().equals("error");
        }

        private void gemini(JsonNode event) {
            event.at("/candidates/0/content/parts")
                    .forEach(part -> text.append(part.path("text").asText()));
            finished |= event.at("/candidates/0/finishReason").asText().equals("STOP");
            error |= event.hasNonNull("error");
        }
    }
}
