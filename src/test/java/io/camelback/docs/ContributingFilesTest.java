package io.camelback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file and class that CONTRIBUTING.md names is there, so that its answers stay true when something moves. */
class ContributingFilesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/camelback");
    private static final Pattern FILE = Pattern.compile("`((?:[\\w-]+/)+[\\w.-]+\\.(?:java|yaml|json|sql))`");
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+[./])*([A-Z]\\w*[a-z]\\w*)`");
    private static final Pattern SETTING = Pattern.compile("[A-Z_]+");

    private static String text() throws IOException {
        return Files.readString(Path.of("CONTRIBUTING.md"));
    }

    @Test
    void every_file_it_names_is_there() throws IOException {
        List<String> named =
                FILE.matcher(text()).results().map(found -> found.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(named.stream().filter(file -> !Files.exists(SOURCES.resolve(file)) && !Files.exists(Path.of(file))))
                .isEmpty();
    }

    @Test
    void every_class_it_names_is_there() throws IOException {
        List<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
        List<String> named = CLASS.matcher(text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !SETTING.matcher(name).matches()
                        && !List.of("Clock", "Retry").contains(name))
                .toList();

        assertThat(named).contains("ProviderCodec", "ClientCodec", "StreamReader");
        assertThat(named).allMatch(there::contains, "a class of this tree");
    }

    @Test
    void there_are_twenty_questions_and_each_has_a_file() throws IOException {
        String table = text().split("## Twenty questions")[1].split("(?m)^## ")[0];
        List<String> rows = table.lines()
                .filter(line -> line.startsWith("| ") && line.contains("?"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThanOrEqualTo(20)
                .allMatch(row -> FILE.matcher(row).find());
    }
}
