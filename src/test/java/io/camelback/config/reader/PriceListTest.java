package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.yaml.ConfigException;
import io.camelback.pricing.ModelPrice;
import io.camelback.testkit.ConfigReading;
import org.junit.jupiter.api.Test;

/** Prices that several deployments share. */
class PriceListTest {
    private static final String DEPLOYMENTS = """
            deployments:
              listed: { provider: local, model: m }
              here: { provider: local, model: n }
              own: { provider: local, model: m, price: { input: 9 } }
              none: { provider: local, model: o }
            """;
    private static final String LIST = """
            prices:
              m: { input: 1, output: 2, above: { 200_000: { output: 3 } } }
              local/n: { input: 4, output: 5, request: 0.01 }
              groq/o: { input: 6, output: 7 }
            """;

    @Test
    void a_deployment_without_a_price_has_that_of_its_model() {
        CamelbackConfig config = CamelbackConfigReader.read(
                        DEPLOYMENTS, ConfigReading.FILE, PriceListReader.read(LIST, name -> null), name -> null)
                .config();

        assertThat(config.deployments().get("listed").price().at(200_001))
                .extracting(ModelPrice::input, ModelPrice::output)
                .containsExactly(1_000_000L, 3_000_000L);
        assertThat(config.deployments().get("here").price().perRequest()).isEqualTo(10_000);
        assertThat(config.deployments().get("own").price()).isEqualTo(new ModelPrice(9_000_000L, null, null, null));
        assertThat(config.deployments().get("none").priced()).isFalse();
    }

    @Test
    void its_mistakes_are_told_with_its_own_name() {
        assertThatThrownBy(() -> PriceListReader.read(
                        "prices:\n  m: { input: cheap, outputs: 2, above: { long: {} } }\n", name -> null))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        config/prices.yaml:2: prices.m.outputs: unknown key. Did you mean output? Allowed: input, output, cached, cache-write, cache-write-1h, reasoning, request, above, tiers, tool-calls
                        config/prices.yaml:2: prices.m.above.long: does not stand below a number of tokens. Write above: { 200_000: { input: 6 } }
                        config/prices.yaml:2: prices.m.input: "cheap" is not an amount of dollars. Write dollars per million tokens, such as 0.075""");
    }
}
