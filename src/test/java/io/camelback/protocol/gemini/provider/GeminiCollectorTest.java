package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiCollectorTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "thinking-and-text",
                "parallel-calls",
                "signature-alone",
                "late-parts",
                "prompt-blocked",
                "signed-thoughts"
            })
    void makes_the_answer_that_would_have_come_at_once(String fixture) {
        ChatAnswer answer = collect(GeminiFixtures.events(fixture + "/events.sse"));

        assertThat(GeminiFixtures.pretty(answer.original().body()))
                .isEqualTo(GeminiFixtures.pretty(GeminiFixtures.json(fixture + "/collected.json")));
        assertThat(answer.created()).isEqualTo(1_700_000_000L);
        assertThat(new GeminiClientCodec().writeAnswer(answer, null, "req-1"))
                .isSameAs(answer.original().body());
    }

    @Test
    void reads_what_it_has_made() {
        ChatAnswer answer = collect(GeminiFixtures.events("thinking-and-text/events.sse"));

        assertThat(answer.id()).isEqualTo("r1");
        assertThat(answer.model()).isEqualTo("gemini-2.5-flash");
        assertThat(answer.usage()).isEqualTo(new Usage(9, 0, 0, 25, 20));
        assertThat(answer.choices())
                .containsExactly(new ChatAnswer.Choice(
                        0,
                        List.of(new Part.Thinking("**Counting**", null, null, "gemini"), new Part.Text("It is 4.")),
                        FinishReason.of(FinishReason.Kind.STOP, "STOP")));
    }

    @Test
    void keeps_unknown_fields_and_lets_lists_of_citations_grow() {
        ChatAnswer answer = collect(List.of(
                GeminiFixtures.parse(
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"a\"}]},\"new\":1,"
                                + "\"citationMetadata\":{\"citationSources\":[{\"uri\":\"u1\"}]}},"
                                + "{\"index\":1,\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\","
                                + "\"data\":\"iVBO\"}}]}}],"
                                + "\"modelVersion\":\"m\",\"usageMetadata\":{\"promptTokenCount\":1},\"future\":{\"x\":1.50}}"),
                GeminiFixtures.parse(
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\",\"new\":2,"
                                + "\"citationMetadata\":{\"citationSources\":[{\"uri\":\"u2\"}]}}],\"modelVersion\":\"other\","
                                + "\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2}}"),
                GeminiFixtures.parse(
                        "{\"candidates\":[{\"index\":1,\"finishReason\":\"STOP\",\"safetyRatings\":[]}]}")));

        assertThat(Json.text(answer.original().body()))
                .isEqualTo(
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ab\"}],"
                                + "\"role\":\"model\"},\"new\":2,\"citationMetadata\":{\"citationSources\":[{\"uri\":\"u1\"},{\"uri\":\"u2\"}]},"
                                + "\"finishReason\":\"STOP\"},{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\","
                                + "\"data\":\"iVBO\"}}]},"
                                + "\"index\":1,\"finishReason\":\"STOP\",\"safetyRatings\":[]}],\"modelVersion\":\"m\","
                                + "\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2},\"future\":{\"x\":1.50}}");
    }

    @Test
    void what_is_no_json_object_is_malformed() {
        AnswerCollector collector = new GeminiProviderCodec().collector();

        assertThatThrownBy(() -> collector.add(new StreamChunk(List.of(), "gemini", null, "{\"a\":")))
                .isInstanceOf(MalformedResponseException.class);
        assertThatThrownBy(() -> collector.add(new StreamChunk(List.of(), "gemini", null, "[]")))
                .isInstanceOf(MalformedResponseException.class);
    }

    private static ChatAnswer collect(List<ObjectNode> events) {
        AnswerCollector collector = new GeminiProviderCodec().collector();
        StreamReader reader = new GeminiProviderCodec().streamReader();
        events.forEach(
                event -> collector.add(new StreamChunk(reader.read(null, event), "gemini", null, Json.text(event))));
        List<StreamEvent> rest = reader.end();
        collector.add(new StreamChunk(rest, null, null, null));
        return collector.answer(1_700_000_000L);
    }
}
