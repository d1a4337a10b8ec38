package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.config.yaml.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in the configuration: it is understood, or every problem is told with its line. */
class ConfigFuzzTest {
    private static final String SIGNS = "{}[]:#&*!|>'\"%@`,\n\t -";

    @FuzzTest
    void every_file_is_understood_or_refused(byte[] input) {
        if (input.length <= JsonMutator.MAX_INPUT) {
            read(new String(input, StandardCharsets.UTF_8));
        }
    }

    private static void read(String yaml) {
        try {
            assertThat(CamelbackConfigReader.read(yaml, "config/camelback.yaml", name -> null)
                            .config())
                    .isNotNull();
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    /** Lines of the shipped file, cut, doubled and moved. */
    @Test
    @Timeout(120)
    void some_hundred_changes_of_the_shipped_file_are_understood_or_refused() throws IOException {
        String shipped = Files.readString(Path.of("config/camelback.yaml"));
        JsonMutator.programs(300).forEach(program -> {
            JsonMutator.Program next = new JsonMutator.Program(program);
            StringBuilder text = new StringBuilder(shipped);
            for (int changes = 0; next.more() && changes < 5; changes++) {
                int at = next.below(text.length() - 20);
                switch (next.below(4)) {
                    case 0 -> text.delete(at, at + next.below(20));
                    case 1 -> text.insert(at, SIGNS.charAt(next.below(SIGNS.length())));
                    case 2 -> text.insert(at, text.substring(at, at + 20));
                    default -> text.setCharAt(at, (char) next.below(128));
                }
            }
            read(text.toString());
        });
    }
}
