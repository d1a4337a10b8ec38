package io.camelback.protocol.openai.responses.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.ResponsesFixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a relayed stream must have that a server left out, or told twice (docs/wire-formats.md 3.7). */
class EventPassThroughTest {
    private static final String CREATED =
            "{'type':'response.created','sequence_number':0,'response':{'id':'resp_9','output':[]}}";
    private static final String ADDED = "{'type':'response.output_item.added','sequence_number':1,'output_index':0,"
            + "'item':{'id':'msg_1','type':'message','content':[]}}";
    private static final String DELTA = "{'type':'response.output_text.delta','sequence_number':2,'output_index':0,"
            + "'content_index':0,'item_id':'msg_1','delta':'Hi'}";
    private static final String DONE =
            "{'type':'response.output_item.done','sequence_number':3,'output_index':0,'item':{"
                    + "'id':'msg_1','type':'message','content':[{'type':'output_text','text':'Hi'}]}}";
    private static final String COMPLETED =
            "{'type':'response.completed','sequence_number':4,'response':{'id':'resp_9',"
                    + "'status':'completed','output':[{'id':'msg_1'}],'usage':{'input_tokens':1,'output_tokens':2}}}";

    @Test
    void a_whole_stream_goes_on_as_it_came() {
        assertThat(told(CREATED, ADDED, DELTA, DONE, COMPLETED))
                .isEqualTo(sent(CREATED, ADDED, DELTA, DONE, COMPLETED));
    }

    @Test
    void an_end_that_is_missing_is_made_of_what_was_told() {
        List<JsonNode> events = told(CREATED, ADDED, DELTA, DONE);

        assertThat(events).hasSize(5);
        ObjectNode last = (ObjectNode) events.get(4);
        assertThat(last.path("type").asText()).isEqualTo("response.completed");
        assertThat(last.path("sequence_number").intValue()).isEqualTo(4);
        assertThat(last.path("response").path("id").asText()).isEqualTo("resp_9");
        assertThat(last.path("response").path("status").asText()).isEqualTo("completed");
        assertThat(last.path("response").path("output").get(0))
                .isEqualTo(sent(DONE).get(0).get("item"));
    }

    @Test
    void a_beginning_that_is_missing_is_made() {
        List<JsonNode> events = told(ADDED, DELTA, DONE, COMPLETED);

        assertThat(events.get(0).path("type").asText()).isEqualTo("response.created");
        assertThat(events.get(0).path("response").path("status").asText()).isEqualTo("in_progress");
        assertThat(events.subList(1, 5)).isEqualTo(sent(ADDED, DELTA, DONE, COMPLETED));
    }

    @Test
    void nothing_begins_twice_nor_follows_the_end() {
        assertThat(told(CREATED, CREATED, ADDED, DELTA, DONE, COMPLETED, COMPLETED))
                .isEqualTo(sent(CREATED, ADDED, DELTA, DONE, COMPLETED));
    }

    private static List<JsonNode> sent(String... events) {
        List<JsonNode> read = new ArrayList<>();
        for (String event : events) {
            read.add(ResponsesFixtures.json(event.replace('\'', '"')));
        }
        return read;
    }

    private static List<JsonNode> told(String... events) {
        StreamWriter writer = ResponsesFixtures.CODEC.streamWriter(
                ChatRequest.builder("auto").stream(true).build(), "req-1", 1);
        StreamReader reader = ResponsesFixtures.DIALECT.streamReader();
        StringBuilder text = new StringBuilder();
        for (JsonNode event : sent(events)) {
            String name = event.path("type").asText();
            text.append(writer.write(
                    new StreamChunk(reader.read(name, (ObjectNode) event), "responses", name, Json.text(event))));
        }
        text.append(writer.write(new StreamChunk(reader.end(), null, null, null)))
                .append(writer.end());
        return text.toString()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .<JsonNode>map(line -> ResponsesFixtures.json(line.substring(6)))
                .toList();
    }
}
