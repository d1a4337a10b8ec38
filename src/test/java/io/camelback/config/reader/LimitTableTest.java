package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.LimitSettings;
import io.camelback.config.yaml.ConfigException;
import io.camelback.memory.MemoryBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits as the documentation tells them, and as the file sets them. */
class LimitTableTest {
    private static final String FILE = "deployments: { a: { provider: openai, model: m } }\n";

    @Test
    void the_documentation_has_the_defaults_and_ranges() throws IOException {
        List<String> told = Files.readAllLines(Path.of("docs/limits.md")).stream()
                .filter(line -> line.matches("\\| `[a-z-]+` .*"))
                .map(line -> line.replaceAll("^((\\|[^|]*){3})\\|.*", "$1").strip())
                .toList();

        assertThat(told)
                .containsExactlyElementsOf(LimitSettings.ROWS.stream()
                        .map(row -> "| `" + row.key() + "` | " + shown(row, row.usual()) + " | "
                                + shown(row, row.least()) + " to " + shown(row, row.most()))
                        .toList());
    }

    @Test
    void each_default_is_in_its_range_and_is_what_holds() {
        assertThat(LimitSettings.ROWS).allSatisfy(row -> assertThat(row.usual()).isBetween(row.least(), row.most()));
        assertThat(read(FILE)).isEqualTo(LimitSettings.DEFAULT);
        assertThat(LimitSettings.DEFAULT.memoryPercent()).isEqualTo(MemoryBudget.USUAL_PERCENT);
    }

    @Test
    void each_key_sets_its_own_limit() throws Exception {
        var components = LimitSettings.class.getRecordComponents();
        for (int at = 0; at < components.length; at++) {
            LimitSettings.Row row = LimitSettings.ROWS.get(at);
            LimitSettings read = read(FILE + "limits: { " + row.key() + ": " + row.least()
                    + (row.unit() == LimitSettings.Unit.PERCENT ? "%" : "") + " }\n");
            for (int other = 0; other < components.length; other++) {
                assertThat(components[other].getAccessor().invoke(read))
                        .as(row.key() + " and " + components[other].getName())
                        .isEqualTo(
                                other == at
                                        ? row.least()
                                        : LimitSettings.ROWS.get(other).usual());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: 40       | \"40\" is not a share",
                "memory: 4%       | \"4%\" is out of range",
                "memory: 81%      | \"81%\" is out of range",
                "answer: 1B       | \"1B\" is out of range",
                "answer: many     | \"many\" is not a size",
                "choices: 0       | \"0\" is out of range",
                "tool-calls: 1MiB | \"1MiB\" is not a whole number",
                "anwser: 1MiB     | unknown key"
            })
    void what_cannot_be_stops_the_start(String line, String message) {
        assertThatThrownBy(() -> read(FILE + "limits: { " + line + " }\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("limits." + line.split(":")[0])
                .hasMessageContaining(message);
    }

    private static LimitSettings read(String yaml) {
        return CamelbackConfigReader.read(yaml, "camelback.yaml", Map.of("OPENAI_API_KEY", "k")::get)
                .config()
                .bounds();
    }

    private static String shown(LimitSettings.Row row, int value) {
        return switch (row.unit()) {
            case PERCENT -> value + "%";
            case COUNT -> String.valueOf(value);
            case BYTES ->
                value % (1 << 30) == 0
                        ? (value >> 30) + "GiB"
                        : value % (1 << 20) == 0 ? (value >> 20) + "MiB" : (value >> 10) + "KiB";
        };
    }
}
