package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.Usage;
import io.camelback.config.reader.PriceListReader;
import io.camelback.pricing.Cost;
import io.camelback.pricing.ModelPrice;
import io.camelback.pricing.PriceList;
import io.camelback.testkit.CommandExecution;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LiteLLM's price map becomes our list of prices. */
class PricesCommandTest {
    private static final String MAP = "src/test/resources/fixtures/prices/litellm.json";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void aHome() throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/camelback.yaml"), home.resolve("config/camelback.yaml"));
    }

    @Test
    void every_price_is_exact() throws Exception {
        assertThat(run("prices", "import", MAP, "--home", home.toString())).isZero();
        PriceList list = list();

        assertThat(out.toString())
                .contains("7 prices are in config/prices.yaml now; 2 entries of the map have no price by tokens.");
        assertThat(list.of("openai", "gpt-4o")).contains(new ModelPrice(2_500_000L, 10_000_000L, 1_250_000L, null));
        assertThat(list.of("anthropic", "claude-opus-4-5"))
                .contains(new ModelPrice(5_000_000L, 25_000_000L, 500_000L, 6_250_000L));
        assertThat(list.of("openai", "text-embedding-3-small").orElseThrow().input())
                .isEqualTo(20_000);
        assertThat(list.of("x", "tiny-third").orElseThrow().input())
                .as("rounded up")
                .isEqualTo(4);
        assertThat(list.of("x", "odd: name").orElseThrow().output()).isEqualTo(2_000_000);
        assertThat(list.of("x", "dall-e-3")).isEmpty();
        assertThat(list.of("perplexity", "sonar"))
                .contains(new ModelPrice(1_000_000L, 1_000_000L, null, null, 3_000_000L, 5_000, List.of()));
    }

    @Test
    void a_price_at_one_provider_is_no_other_s() throws Exception {
        run("prices", "import", MAP, "--home", home.toString());
        assertThat(list().of("gemini", "gemini-2.5-pro")).isPresent();
        assertThat(list().of("openrouter", "gemini-2.5-pro")).isEmpty();
    }

    @Test
    void a_long_request_costs_what_long_ones_do() throws Exception {
        run("prices", "import", MAP, "--home", home.toString());
        ModelPrice price = list().of("gemini", "gemini-2.5-pro").orElseThrow();

        assertThat(Cost.of(price, Usage.of(200_000, 1_000))).contains(new Cost(250_000 + 10_000));
        assertThat(Cost.of(price, Usage.of(200_001, 1_000))).contains(new Cost(500_003 + 15_000));
        assertThat(Cost.of(price, new Usage(300_000, 100_000, 0, 0, 0))).contains(new Cost(500_000 + 31_250));
    }

    @Test
    void reasoning_and_the_fee_for_a_request_are_counted() throws Exception {
        run("prices", "import", MAP, "--home", home.toString());
        ModelPrice price = list().of("perplexity", "sonar").orElseThrow();

        assertThat(Cost.of(price, new Usage(1_000, 0, 0, 1_000, 400))).contains(new Cost(5_000 + 1_000 + 600 + 1_200));
    }

    @Test
    void what_is_no_price_map_leaves_the_list_alone() throws Exception {
        Path wrong = Files.writeString(home.resolve("wrong.json"), "[1]");
        Path list = Files.writeString(home.resolve("config/prices.yaml"), "prices: {}\n");

        assertThat(run("prices", "import", wrong.toString(), "--home", home.toString()))
                .isEqualTo(1);
        assertThat(run("prices", "import", "nowhere.json", "--home", home.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("it is no JSON object of models", "There is no file nowhere.json.");
        assertThat(Files.readString(list)).isEqualTo("prices: {}\n");
    }

    private PriceList list() throws Exception {
        return PriceListReader.read(Files.readString(home.resolve("config/prices.yaml")), name -> null);
    }

    private int run(String... args) {
        return CommandExecution.run(out, out, args);
    }
}
