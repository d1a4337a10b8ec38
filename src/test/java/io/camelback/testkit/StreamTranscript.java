package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * What a caller was sent as a stream of Chat Completions.
 *
 * @param chunks the chunks of the answer, in order
 * @param errors what was told to have gone wrong
 * @param dones how many {@code [DONE]} there were
 */
public record StreamTranscript(List<JsonNode> chunks, List<JsonNode> errors, int dones) {

    public static StreamTranscript of(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return of(response.body());
    }

    public static StreamTranscript of(String body) throws IOException {
        List<JsonNode> chunks = new ArrayList<>();
        List<JsonNode> errors = new ArrayList<>();
        int dones = 0;
        for (String line : body.split("\n")) {
            if (line.equals("data: [DONE]")) {
                dones++;
            } else if (line.startsWith("data: ")) {
                assertThat(dones).as("nothing may follow [DONE]").isZero();
                JsonNode event = Json.read(line.substring("data: ".length()));
                (event.has("error") ? errors : chunks).add(event);
            } else {
                assertThat(line).as("nothing but data is sent").isEmpty();
            }
        }
        return new StreamTranscript(chunks, errors, dones);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText("")));
        return text.toString();
    }

    public long roles() {
        return chunks.stream()
                .filter(chunk -> chunk.at("/choices/0/delta").hasNonNull("role"))
                .count();
    }

    public List<String> finishes() {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/finish_reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    /** One role, one finish, one {@code [DONE]}, no error, and all of one text. */
    public void assertComplete(String text) {
        assertThat(errors).isEmpty();
        assertThat(text()).isEqualTo(text);
        assertThat(roles()).as("chunks with a role").isEqualTo(1);
        assertThat(finishes()).containsExactly("stop");
        assertThat(dones).as("[DONE]").isEqualTo(1);
        assertThat(chunks)
                .extracting(chunk -> chunk.path("id").asText())
                .containsOnly(chunks.get(0).path("id").asText());
    }

    /** Ends in one error of that code; nothing makes the answer look finished. */
    public void assertBroken(String code) {
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.at("/error/code").asText()).isEqualTo(code));
        assertThat(finishes()).isEmpty();
        assertThat(dones).as("[DONE]").isZero();
    }
}
