package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker notices what the helper would throw on. */
class ResponsesStreamRulesTest {

    static Stream<Arguments> faults() {
        String id = "\"id\":\"msg_uReUHTcKM4gEB9FSdzjU9nmS\"";
        return Stream.of(
                arguments("another response id at the end", "(?s)(.*)resp_req-1", "$1resp_other"),
                arguments("an event that does not begin with response.created", "(?s)^.*?\n\n", ""),
                arguments(
                        "an item of another id at its end", "(?s)(output_item.done.*?)" + id, "$1\"id\":\"msg_other\""),
                arguments("an empty item id", "msg_uReUHTcKM4gEB9FSdzjU9nmS", ""),
                arguments(
                        "deltas for another item",
                        "\"output_index\":0,\"content_index\":0,\"delta\"",
                        "\"output_index\":1,\"content_index\":0,\"delta\""),
                arguments("deltas for another part", "\"content_index\":0,\"delta\"", "\"content_index\":1,\"delta\""),
                arguments("an item left open", "(?s)event: response.output_item.done.*?\n\n", ""),
                arguments("a number twice", "\"sequence_number\":4", "\"sequence_number\":3"),
                arguments("a terminal marker", "\\z", "data: [DONE]\n\n"),
                arguments("no terminal event", "(?s)event: response.completed.*", ""),
                arguments("text that the deltas do not add up to", "\"delta\":\"mel.\"", "\"delta\":\"mel\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_fault_is_noticed(String name, String pattern, String replacement) {
        String sound = ResponsesFixtures.text("stream-text/made.sse");
        String faulty = sound.replaceAll(pattern, replacement);
        ResponsesStreamRules.check(sound);

        assertThat(faulty).isNotEqualTo(sound);
        assertThatThrownBy(() -> ResponsesStreamRules.check(faulty)).isInstanceOf(Throwable.class);
    }
}
