package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.bundle.BundleInstaller;
import io.camelback.camel.bundle.BundleLocation;
import io.camelback.camel.bundle.CamelbackPlugin;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.RequestComplexity;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.log.RequestLog;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A scorer of the operator's own, bound in Camel's registry. */
class CustomScorerTest {
    private static DefaultCamelContext installed(ComplexityScorer... scorers) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        for (int i = 0; i < scorers.length; i++) {
            context.getRegistry().bind("scorer-" + i, ComplexityScorer.class, scorers[i]);
        }
        new BundleInstaller(
                        context,
                        BundleLocation.in(Path.of(".")),
                        GatewayRuntime.create(Clock.systemUTC()),
                        new RequestLog(),
                        PersistenceServices.none(),
                        1)
                .install(name -> null, file -> !BundleLocation.isHttpEndpoint(file));
        return context;
    }

    @Test
    void judges_in_place_of_the_formula() throws Exception {
        DefaultCamelContext context =
                installed(request -> new RequestComplexity(new BigDecimal("9.5"), "heartbeat", List.of()));
        DefaultExchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        context.getRegistry()
                .lookupByNameAndType("camelback-classify", org.apache.camel.Processor.class)
                .process(exchange);

        assertThat(exchange.getVariable("complexity")).isEqualTo("9.5");
        assertThat(exchange.getVariable("task")).isEqualTo("heartbeat");
        assertThat(exchange.getVariable("suggestedChain")).isEqualTo("economy");
        context.close();
    }

    @Test
    void there_can_be_only_one() {
        ComplexityScorer own = request -> new RequestComplexity(BigDecimal.ONE, null, List.of());

        assertThatThrownBy(() -> installed(own, own))
                .hasMessage(
                        "There can be one ComplexityScorer, but the registry has scorer-0 and scorer-1. Keep one of them.");
    }
}
