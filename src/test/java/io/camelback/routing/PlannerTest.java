package io.camelback.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.CamelbackConfigReader;
import io.camelback.config.Deployment;
import io.camelback.dialect.Json;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.failure.NotAdmitted.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who is asked and who is not, where money and quotas have a say. */
class PlannerTest {
    private static final CamelbackConfig CONFIG = CamelbackConfigReader.read("""
            deployments:
              plain: { provider: local, model: a, capabilities: [tools] }
              schemas: { provider: local, model: b, capabilities: [tools, json-schema] }
              last: { provider: local, model: c, capabilities: [tools] }
            """, "test", name -> null).config();
    private static final Drop NO_MONEY = Drop.overBudget("used up: the month's budget of schemas", Duration.ofDays(3));
    private static final Function<Deployment, Standing> WELL = link -> Standing.WELL;

    private static List<Planner.Verdict> plan(String more, Function<Deployment, Standing> state, Map<String, Drop> wanting) throws Exception {
        ChatRequest request = new OpenAiDoor().readRequest((ObjectNode) Json.read("{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                + more + "}"));
        List<Deployment> links = List.copyOf(CONFIG.deployments().values());
        return Planner.plan(Facts.of(request, false), links, state, link -> Optional.ofNullable(wanting.get(link.name())));
    }

    private static List<String> kept(List<Planner.Verdict> plan) {
        return plan.stream().filter(Planner.Verdict::kept).map(verdict -> verdict.deployment().name()).toList();
    }

    @Test
    void a_link_that_cannot_be_paid_for_is_passed_over_and_it_is_said_why_and_for_how_long() throws Exception {
        List<Planner.Verdict> plan = plan("", WELL, Map.of("schemas", NO_MONEY, "last", Drop.overQuota("50 requests a day", null)));

        assertThat(kept(plan)).containsExactly("plain");
        assertThat(plan.get(1).drop().reason()).isEqualTo(Reason.BUDGET);
        assertThat(plan.get(1).drop().why()).isEqualTo("budget used up: the month's budget of schemas");
        assertThat(plan.get(1).drop().until()).isEqualTo(Duration.ofDays(3));
        assertThat(plan.get(2).drop().why()).isEqualTo("quota: 50 requests a day");
    }

    @Test
    void what_else_is_wrong_with_it_is_said_first() throws Exception {
        List<Planner.Verdict> plan = plan("", link -> new Standing(true, null, false), Map.of("schemas", NO_MONEY));

        assertThat(plan).allSatisfy(verdict -> assertThat(verdict.drop().reason()).isEqualTo(Reason.BREAKER_OPEN));
    }

    @Test
    void nobody_steps_back_for_a_better_one_that_cannot_be_paid_for() throws Exception {
        String schema = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}}";

        assertThat(kept(plan(schema, WELL, Map.of()))).containsExactly("schemas", "last");
        assertThat(kept(plan(schema, WELL, Map.of("schemas", NO_MONEY)))).containsExactly("plain", "last");
    }
}
