package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Door;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.ToolNames;
import io.camelback.dialect.Untranslatable;
import io.camelback.routing.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a caller sends: each door reads it or says what is wrong with it, and what was read can be written for every target
 * or is passed over; nothing changes the body that was received.
 */
class RequestFuzzTest {
    private static final Mutants MUTANTS = Mutants.of("request.json");
    private static final Map<Dialect, List<Target>> TARGETS = Fuzzed.targets(List.of(Set.of(), Set.of(Refusal.values())));

    @FuzzTest
    void every_request_is_read_or_refused(byte[] input) {
        ObjectNode body = input.length > Mutants.MAX_INPUT ? null : MUTANTS.of(input);
        if (body != null) {
            Fuzzed.doors().forEach(door -> read(door, body));
        }
    }

    private static void read(Door door, ObjectNode body) {
        String before = Json.text(body);
        ChatRequest request;
        try {
            request = door.readRequest(body);
        } catch (InvalidRequest refused) {
            assertThat(refused.error().status()).isBetween(400, 499);
            assertThat(refused.error().message()).isNotBlank();
            return;
        }
        assertThat(TokenEstimate.of(request)).isNotNegative();
        TARGETS.forEach((dialect, targets) -> targets.forEach(target -> write(request, dialect, target)));
        assertThat(Json.text(body)).isEqualTo(before);
    }

    private static void write(ChatRequest request, Dialect dialect, Target target) {
        try {
            ChatRequest named = ToolNames.of(request, dialect.toolNames()).sent(request);
            assertThat(dialect.writeRequest(named, target, true)).isNotNull();
        } catch (Untranslatable passedOver) {
            assertThat(passedOver).hasMessageNotContaining("Exception");
        }
    }

    @Test
    @Timeout(120)
    void some_thousand_changes_of_recorded_requests_are_read_or_refused() {
        Mutants.programs(Fuzzed.SOME).forEach(this::every_request_is_read_or_refused);
    }
}
