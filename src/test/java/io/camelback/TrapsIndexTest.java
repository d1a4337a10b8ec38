package io.camelback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each of the 55 traps of docs/wire-formats.md, section 9 has a test that bears its number: {@code trap_07_…}, and more
 * than one in {@code trap_09_and_12_…}.
 */
class TrapsIndexTest {
    private static final int TRAPS = 55;
    private static final Pattern METHOD = Pattern.compile(
            "(?ms)^    @(?:Test|ParameterizedTest|FuzzTest)\\b(?:(?!^    \\}$).)*?\\bvoid (\\w*traps?_\\d\\w*)\\((.*?)^    \\}$");
    private static final Pattern NUMBERS = Pattern.compile("traps?_(\\d{1,2}(?:_and_\\d{1,2})*)(?=_)");

    private static final Map<Integer, List<String>> TESTS = new TreeMap<>();
    private static final List<String> IDLE = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                Matcher method = METHOD.matcher(Files.readString(file));
                while (method.find()) {
                    add(file.getFileName() + "." + method.group(1), method.group(1), method.group(2));
                }
            }
        }
    }

    private static void add(String test, String name, String body) {
        if (!body.matches("(?is).*\\bassert\\w*\\(.*|.*\\.(?:assert\\w+|check)\\(.*")) {
            IDLE.add(test);
        }
        Matcher numbers = NUMBERS.matcher(name);
        while (numbers.find()) {
            for (String number : numbers.group(1).split("_and_")) {
                TESTS.computeIfAbsent(Integer.valueOf(number), any -> new ArrayList<>())
                        .add(test);
            }
        }
    }

    @Test
    void every_trap_has_a_test_and_no_other_has() {
        assertThat(TESTS.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, TRAPS).boxed().toList());
    }

    @Test
    void every_test_of_a_trap_asserts_something() {
        assertThat(IDLE).isEmpty();
        assertThat(TESTS.values().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(TRAPS);
    }
}
