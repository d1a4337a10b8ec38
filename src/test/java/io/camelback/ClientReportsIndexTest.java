package io.camelback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each report of docs/client-reports.md has a test that bears its number in the name that it shows, and there is no
 * such test of anything else.
 */
class ClientReportsIndexTest {
    private static final Path TABLE = Path.of("docs/client-reports.md");
    /** How many reports there are of each kind. */
    private static final Map<String, Integer> KINDS = Map.of("B%02d", 43, "X%02d", 10, "F%d", 8);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([BXF]\\d{1,2}) \\|(?:[^|]+\\|){2,3}$");
    /** Numbers at the beginning of a name that a test shows, or one of its cases. */
    private static final Pattern SHOWN = Pattern.compile("\"((?:[BXF]\\d{1,2} )+)");

    private static List<String> rows() throws IOException {
        return ROW.matcher(Files.readString(TABLE))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        Set<String> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                SHOWN.matcher(Files.readString(file))
                        .results()
                        .forEach(shown ->
                                numbers.addAll(List.of(shown.group(1).trim().split(" "))));
            }
        }
        return numbers;
    }

    @Test
    void every_report_has_a_row_and_no_other_has() throws IOException {
        List<String> all = new ArrayList<>();
        KINDS.forEach(
                (form, count) -> IntStream.rangeClosed(1, count).forEach(number -> all.add(form.formatted(number))));

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void every_report_has_a_test_that_bears_its_number_and_no_other_has() throws IOException {
        assertThat(tests()).containsExactlyInAnyOrderElementsOf(rows());
    }
}
