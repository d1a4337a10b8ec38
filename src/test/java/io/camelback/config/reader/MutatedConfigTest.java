package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.camelback.config.yaml.ConfigException;
import io.camelback.testkit.ConfigReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The shipped file after an accident is a configuration or a list of problems, and nothing else (docs/failures.md H30).
 */
class MutatedConfigTest {
    private static final String[] ACCIDENTS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "\n",
        "\t",
        " ",
        "*a",
        "&a ",
        "!!int ",
        "'",
        "\"",
        "{{env:X}}",
        "\"{{env:X\"",
        "- ",
        "? ",
        "#",
        "|\n",
        "null",
        "---\n",
        "%",
        "-1",
        "\u0000",
        "\ud800",
        "99999999999999999999",
        "<<: *a\n"
    };

    @Test
    void no_accident_ends_otherwise() throws IOException {
        String yaml = Files.readString(Path.of(ConfigReading.FILE));
        Random random = new Random(20261120);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            String broken = broken(yaml, random);
            try {
                ConfigReading.read(broken, Map.of());
            } catch (ConfigException e) {
                refused++;
                assertThat(e.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.line()).isPositive());
            } catch (RuntimeException | StackOverflowError e) {
                fail("accident " + i, e);
            }
        }
        assertThat(refused).isBetween(200, 599);
    }

    private static String broken(String yaml, Random random) {
        StringBuilder text = new StringBuilder(yaml);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(40));
            text.replace(at, random.nextBoolean() ? at : end, ACCIDENTS[random.nextInt(ACCIDENTS.length)]);
        }
        return text.toString();
    }
}
