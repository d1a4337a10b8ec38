package io.camelback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every document that a text of the repository names is in the repository. */
class DocumentReferencesTest {
    private static final List<Path> FOLDERS = Stream.of(
                    "src", "routes", "kamelets", "config", "bin", "docs", "examples")
            .map(Path::of)
            .toList();
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|ya?ml|md|properties|js|css|html|sh|xml|sql)|.*/bin/[^/.]+");
    /** File names in what users ask models. */
    private static final Set<String> EXAMPLES = Set.of("CLAUDE.md", "RULES.md", "AGENTS.md");
    /** A page in a folder of the repository, or a page in capitals, which only its top level has. */
    private static final Pattern DOCUMENT = Pattern.compile("(?<![\\w/.-])(docs/[\\w/-]+\\.md|[A-Z]{4,}\\.md)");

    @Test
    void every_document_that_is_named_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : texts()) {
            Matcher document = DOCUMENT.matcher(Files.readString(file));
            while (document.find()) {
                if (!EXAMPLES.contains(document.group(1)) && !Files.exists(Path.of(document.group(1)))) {
                    missing.add(file + " names " + document.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>();
        for (Path folder : FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(Files::isRegularFile)
                            .filter(file -> TEXT.matcher(file.toString()).matches())
                            .filter(file -> !file.startsWith(Path.of("src/test/resources/fixtures")))
                            .forEach(texts::add);
                }
            }
        }
        try (Stream<Path> files = Files.list(Path.of("."))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(texts::add);
        }
        return texts;
    }
}
