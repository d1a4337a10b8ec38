package io.camelback.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.json.Json;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.resilience.GatewayRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked and who is not, where money and quotas have a say. */
class RoutePlannerTest {
    private static final CamelbackConfig CONFIG =
            CamelbackConfigReader.read("""
            deployments:
              plain: { provider: local, model: a, capabilities: [tools] }
              schemas: { provider: local, model: b, capabilities: [tools, json-schema] }
              last: { provider: local, model: c, capabilities: [tools] }
            """, "test", name -> null).config();
    private static final SkipReason NO_MONEY =
            SkipReason.overBudget("used up: the month's budget of schemas", Duration.ofDays(3));
    private final GatewayRuntime runtime = GatewayRuntime.create(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @AfterEach
    void close() {
        runtime.close();
    }

    private List<RoutePlanner.Verdict> plan(String more, Map<String, SkipReason> wanting) throws Exception {
        ChatRequest request = new OpenAiChatClientCodec().readRequest((ObjectNode)
                Json.read("{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}"));
        List<Deployment> links = List.copyOf(CONFIG.deployments().values());
        CapacityCheck capacity = link -> Optional.ofNullable(wanting.get(link.name()));
        return RoutePlanner.plan(
                RequestProfile.of(request, false), links, link -> DeploymentAvailability.of(link, runtime, capacity));
    }

    private static List<String> kept(List<RoutePlanner.Verdict> plan) {
        return plan.stream()
                .filter(RoutePlanner.Verdict::kept)
                .map(verdict -> verdict.deployment().name())
                .toList();
    }

    @Test
    void a_link_that_cannot_be_paid_for_is_passed_over_and_it_is_said_why_and_for_how_long() throws Exception {
        List<RoutePlanner.Verdict> plan =
                plan("", Map.of("schemas", NO_MONEY, "last", SkipReason.overQuota("50 requests a day", null)));

        assertThat(kept(plan)).containsExactly("plain");
        assertThat(plan.get(1).drop().reason()).isEqualTo(Reason.BUDGET);
        assertThat(plan.get(1).drop().detail()).isEqualTo("budget used up: the month's budget of schemas");
        assertThat(plan.get(1).drop().until()).isEqualTo(Duration.ofDays(3));
        assertThat(plan.get(2).drop().detail()).isEqualTo("quota: 50 requests a day");
    }

    @Test
    void what_else_is_wrong_with_it_is_said_first() throws Exception {
        CONFIG.deployments()
                .values()
                .forEach(link -> runtime.breakers().of(link).transitionToForcedOpenState());

        List<RoutePlanner.Verdict> plan = plan("", Map.of("schemas", NO_MONEY));

        assertThat(plan)
                .allSatisfy(verdict -> assertThat(verdict.drop().reason()).isEqualTo(Reason.BREAKER_OPEN));
    }

    @Test
    void nobody_steps_back_for_a_better_one_that_cannot_be_paid_for() throws Exception {
        String schema =
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}}";

        assertThat(kept(plan(schema, Map.of()))).containsExactly("schemas", "last");
        assertThat(kept(plan(schema, Map.of("schemas", NO_MONEY)))).containsExactly("plain", "last");
    }
}
