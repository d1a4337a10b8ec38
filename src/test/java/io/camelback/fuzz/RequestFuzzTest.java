package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.tokens.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a caller sends: each endpoint reads it or says what is wrong with it, and what was read can be written for
 * every target or is passed over; nothing changes the body that was received.
 */
class RequestFuzzTest {
    private static final JsonMutator MUTANTS = JsonMutator.of("request.json");
    private static final Map<ProviderCodec, List<ProviderModel>> TARGETS =
            FuzzedProtocols.targets(List.of(Set.of(), Set.of(UnsupportedParameter.values())));

    @FuzzTest
    void every_request_is_read_or_refused(byte[] input) {
        ObjectNode body = input.length > JsonMutator.MAX_INPUT ? null : MUTANTS.of(input);
        if (body != null) {
            FuzzedProtocols.endpoints().forEach(codec -> read(codec, body));
        }
    }

    private static void read(ClientCodec codec, ObjectNode body) {
        String before = Json.text(body);
        ChatRequest request;
        try {
            request = codec.readRequest(body);
        } catch (InvalidRequestException refused) {
            assertThat(refused.error().status()).isBetween(400, 499);
            assertThat(refused.error().message()).isNotBlank();
            return;
        }
        assertThat(TokenEstimate.of(request)).isNotNegative();
        TARGETS.forEach((dialect, targets) -> targets.forEach(target -> write(request, dialect, target)));
        assertThat(Json.text(body)).isEqualTo(before);
    }

    private static void write(ChatRequest request, ProviderCodec dialect, ProviderModel target) {
        try {
            ChatRequest named = ToolNames.of(request, dialect.toolNames()).sent(request);
            assertThat(dialect.writeRequest(named, target, true)).isNotNull();
        } catch (UnsupportedFeatureException passedOver) {
            assertThat(passedOver).hasMessageNotContaining("Exception");
        }
    }

    @Test
    @Timeout(120)
    void some_thousand_changes_of_recorded_requests_are_read_or_refused() {
        JsonMutator.programs(FuzzedProtocols.SOME).forEach(this::every_request_is_read_or_refused);
    }
}
