package io.camelback.protocol.openai.responses.provider;

import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.CALL;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.asking;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.input;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.testkit.ResponsesFixtures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasoning that goes back to the Responses API, and what is left out. */
class ResponsesReasoningTest {
    private static final Part OWN = new Part.Thinking("Hm.", "rs_1|gAAA", null, "responses");

    @Test
    void trap_14_reasoning_goes_back_right_in_front_of_what_it_led_to() {
        assertThat(types(input(asking().message(Message.assistant(OWN, CALL)).message(Message.toolResult("c1", "r")))))
                .containsExactly("message", "reasoning", "function_call", "function_call_output");
        assertThat(types(input(asking().message(Message.assistant(OWN, new Part.Text("t"), OWN, CALL)))))
                .containsExactly(
                        "message", "reasoning", "message", "reasoning", "function_call", "function_call_output");
        assertThat(Json.text(
                        input(asking().message(Message.assistant(OWN, CALL))).get(1)))
                .isEqualTo(
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm.\"}],"
                                + "\"encrypted_content\":\"gAAA\"}");
    }

    @Test
    void trap_14_reasoning_without_a_following_item_is_dropped() {
        assertThat(types(input(asking().message(Message.assistant(new Part.Text("t"), OWN))
                        .message(Message.user("b")))))
                .containsExactly("message", "message", "message");
        assertThat(types(input(asking().message(Message.assistant(OWN)).message(Message.user("b")))))
                .containsExactly("message", "message");
    }

    @Test
    void trap_12_reasoning_of_another_provider_is_dropped() {
        Part foreign = new Part.Thinking("Hm.", "EqQB", null, "anthropic");
        Part redacted = new Part.Thinking("", null, "b64", "anthropic");
        Part bare = new Part.Thinking("Hm.", null, null, null);

        assertThat(types(input(asking().message(Message.assistant(foreign, redacted, bare, CALL)))))
                .containsExactly("message", "function_call", "function_call_output");
    }

    static Stream<Arguments> strippedReasoning() {
        String state = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAA'}";
        String call = "{'type':'function_call','id':'fc_1','call_id':'1','name':'n','arguments':'{}'}";
        String bareCall = call.replace("'id':'fc_1',", "");
        String result = "{'type':'function_call_output','call_id':'1','output':'x'}";
        return Stream.of(
                arguments(
                        "trap 14: reasoning with its item stays",
                        state + "," + call + "," + result,
                        state + "," + call + "," + result),
                arguments(
                        "trap 12: another provider's goes, and the ids that would demand it",
                        state.replace("gAAA", "cb1:anthropic:s:EqQB") + "," + call + "," + result,
                        bareCall + "," + result),
                arguments(
                        "trap 14: without encrypted content nothing can be found",
                        state.replace(",'encrypted_content':'gAAA'", "") + "," + call + "," + result,
                        bareCall + "," + result),
                arguments(
                        "trap 14: without a following item",
                        call + "," + result + "," + state,
                        bareCall + "," + result),
                arguments(
                        "trap 14: of several in a row, all stay or go with what follows",
                        state + "," + state + "," + call,
                        state + "," + state + "," + call),
                arguments(
                        "an id made here is not known there",
                        state.replace("rs_1", "rs_cbA") + "," + call,
                        state.replace("'id':'rs_1',", "") + "," + call));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strippedReasoning")
    void reasoning_that_the_provider_would_refuse_is_left_out_of_a_body_passed_through(
            String name, String items, String left) {
        String user = "{\"role\":\"user\",\"content\":\"a\"},";
        ChatRequest request =
                ResponsesFixtures.request("{\"model\":\"m\",\"input\":[" + user + items.replace('\'', '"') + "]}");

        assertThat(Json.text(ResponsesFixtures.sent(request).path("input")))
                .isEqualTo("[" + user + left.replace('\'', '"') + "]");
    }

    @Test
    void effort_asks_for_the_encrypted_reasoning_that_the_next_turn_needs() {
        ObjectNode high = ResponsesFixtures.sent(asking().effort(Effort.MAX).build());
        ObjectNode none = ResponsesFixtures.sent(asking().effort(Effort.NONE).build());

        assertThat(Json.text(high))
                .contains("\"reasoning\":{\"effort\":\"xhigh\"},\"include\":[\"reasoning.encrypted_content\"]");
        assertThat(Json.text(none))
                .contains("\"reasoning\":{\"effort\":\"none\"}")
                .doesNotContain("include");
    }
}
