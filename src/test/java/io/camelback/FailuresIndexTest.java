package io.camelback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/failures.md names for each failure the classes whose tests bear its id, and leaves no failure out.
 */
class FailuresIndexTest {
    private static final Path TABLE = Path.of("docs/failures.md");
    /** How many rows each group has, as in the catalogue that the groups come from. */
    private static final Map<String, Integer> GROUPS = Map.of("C", 8, "T", 16, "P", 14, "E", 11, "B", 12);
    /** The soak, which runs a gateway of its own, and the tests of connections alone. */
    private static final Set<String> WITHOUT_A_GATEWAY = Set.of("SoakBenchmark", "UpstreamConnectionPoolTest");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d\\d) \\|[^|]+\\|[^|]+\\| ([\\w, ]+) \\|$");

    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(TABLE));
        while (row.find()) {
            assertThat(rows.put(row.group(1), List.of(row.group(2).trim().split(", "))))
                    .as("twice: " + row.group(1))
                    .isNull();
        }
        return rows;
    }

    @Test
    void every_failure_of_each_group_has_a_row() throws IOException {
        List<String> all = new ArrayList<>();
        new TreeMap<>(GROUPS)
                .forEach((group, count) ->
                        IntStream.rangeClosed(1, count).forEach(number -> all.add("%s%02d".formatted(group, number))));

        assertThat(table().keySet()).containsAll(all);
    }

    @Test
    void every_row_has_tests_that_bear_its_id_where_the_table_says() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        List<String> missing = new ArrayList<>();
        table().forEach((id, classes) -> {
            for (String name : classes) {
                if (!bears(sources.getOrDefault(name, ""), id)) {
                    missing.add(id + " in " + name);
                }
            }
        });

        assertThat(missing).isEmpty();
    }

    /** {@code GatewayTestCase} looks after each test whether anything is left running, and whether a secret is told. */
    @Test
    void the_tests_of_each_group_are_drills() throws IOException {
        Set<String> classes = new TreeSet<>();
        table().forEach((id, names) -> {
            if (GROUPS.containsKey(id.substring(0, 1))) {
                classes.addAll(names);
            }
        });
        classes.removeAll(WITHOUT_A_GATEWAY);

        for (String name : classes) {
            assertThat(withParent(name))
                    .as(name)
                    .containsPattern("@RegisterExtension\\s+static final GatewayTestCase ");
        }
    }

    private static String withParent(String name) throws IOException {
        String source = Files.readString(source(name));
        Matcher parent = Pattern.compile("class " + name + " extends (\\w+)").matcher(source);
        return parent.find() ? source + Files.readString(source(parent.group(1))) : source;
    }

    private static Path source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(path -> path.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As the name of a test method; the soak, which is no test class, says it in its description. */
    private static boolean bears(String source, String id) {
        boolean test = source.contains("@Test") || source.contains("@ParameterizedTest");
        return test
                ? Pattern.compile("void (?:\\w+_)?" + id + "_").matcher(source).find()
                : source.contains("docs/failures.md " + id);
    }
}
