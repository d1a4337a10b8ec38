package io.camelback.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.memory.MemoryBudget;
import io.camelback.protocol.InvalidRequestException;
import org.junit.jupiter.api.Test;

/** What a WebSocket connection keeps of its conversation, and no more than there is memory for. */
class ResponsesHistoryTest {
    private static final int ALL = 64 << 20;

    private final MemoryBudget memory = new MemoryBudget(ALL);
    private final ResponsesHistory history = new ResponsesHistory(memory.lease());

    private static ObjectNode asking(String previous, String input) {
        ObjectNode message = Json.object().put("input", input);
        return previous == null ? message : message.put("previous_response_id", previous);
    }

    private static ObjectNode item(String text) {
        return Json.object().put("role", "assistant").put("content", text);
    }

    @Test
    void the_next_request_is_the_whole_conversation() {
        history.whole(asking(null, "one"));
        history.add(item("first"), 10);
        history.complete("r1", 100);

        assertThat(Json.text(history.whole(asking("r1", "two")).path("input")))
                .contains("one", "first", "two")
                .doesNotContain("r1");
    }

    @Test
    void an_answer_that_ends_twice_has_ended_once() {
        history.whole(asking(null, "one"));
        history.complete("r1", 100);
        history.add(item("late"), 10);
        history.complete("r2", 100);

        assertThat(Json.text(history.whole(asking("r1", "two")))).doesNotContain("late");
    }

    @Test
    void an_answer_without_end_is_not_kept_and_takes_no_more_memory() {
        history.whole(asking(null, "one"));
        for (int i = 0; i < 1_000; i++) {
            history.add(item("more"), 1 << 20);
            assertThat(memory.used()).isLessThanOrEqualTo(ALL);
        }
        history.complete("r1", 100);

        assertThat(memory.used()).isZero();
        assertThatThrownBy(() -> history.whole(asking("r1", "two"))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_closed_connection_gives_its_memory_back() {
        history.whole(asking(null, "one"));
        history.complete("r1", 1 << 20);
        assertThat(memory.used()).isPositive();

        history.close();

        assertThat(memory.used()).isZero();
    }
}
