package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.StreamEvent.ToolCallDelta;
import io.camelback.chat.StreamEvent.ToolCallStarted;
import io.camelback.protocol.ArgumentNames;
import io.camelback.testkit.ChunkListStream;
import io.camelback.testkit.WireBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The arguments of streamed calls by the caller's own names. */
class ArgumentNameStreamTest {
    private static final ObjectNode SCHEMA =
            WireBody.json("{'type':'object','properties':{'$top':{'type':'integer'},'q':{'type':'string'}}}");
    private static final ArgumentNames NAMES =
            ArgumentNames.of(List.of(SCHEMA), Pattern.compile("[a-zA-Z0-9_.-]{1,64}"));

    private static Map<Integer, String> told(List<StreamEvent> events) {
        ArgumentNameStream stream = new ArgumentNameStream(ChunkListStream.of(events), NAMES);
        Map<Integer, String> arguments = new TreeMap<>();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            for (StreamEvent event : chunk.events()) {
                if (event instanceof ToolCallDelta delta) {
                    arguments.merge(delta.call(), delta.arguments(), String::concat);
                }
            }
        }
        return arguments;
    }

    private static ToolCallStarted started(int call) {
        return new ToolCallStarted(0, call, "c" + call, "f", null);
    }

    private static ToolCallDelta delta(int call, String arguments) {
        return new ToolCallDelta(0, call, arguments);
    }

    @Test
    void names_that_are_cut_anywhere() {
        String whole = "{\"q\":\"}{\\\"_top\\\"\",\"_top\":5}";
        List<StreamEvent> events = new ArrayList<>(List.of(started(0)));
        whole.chars().forEach(c -> events.add(delta(0, String.valueOf((char) c))));

        assertThat(told(events)).isEqualTo(Map.of(0, "{\"q\":\"}{\\\"_top\\\"\",\"$top\":5}"));
    }

    @Test
    void calls_whose_pieces_come_in_turns() {
        assertThat(told(List.of(
                        started(0),
                        delta(0, "{\"_t"),
                        started(1),
                        delta(1, "{\"_top\":"),
                        delta(0, "op\":1}"),
                        delta(1, "2}"),
                        new StreamEvent.Finished(0, FinishReason.STOP))))
                .isEqualTo(Map.of(0, "{\"$top\":1}", 1, "{\"$top\":2}"));
    }

    @Test
    void arguments_that_are_cut_off_are_told_before_the_end() {
        assertThat(told(List.of(started(0), delta(0, "{\"_top\":"), new StreamEvent.Finished(0, FinishReason.STOP))))
                .isEqualTo(Map.of(0, "{\"_top\":"));
    }

    @Test
    @Timeout(20)
    void pieces_that_each_look_like_an_end() {
        List<StreamEvent> events = new ArrayList<>(List.of(started(0), delta(0, "{\"_top\":\"")));
        for (int i = 0; i < 200_000; i++) {
            events.add(delta(0, "abc}"));
        }
        events.add(delta(0, "\"}"));

        assertThat(told(events).get(0)).startsWith("{\"$top\":\"abc}").hasSize(800_011);
    }
}
