package io.camelback.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Written expectations: {@code -Dcamelback.golden=write} writes them anew, to be read before they are kept. */
final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("camelback.golden"));
    private static final Path SOURCES = Path.of("src/test/resources/fixtures");

    private Golden() { }

    /** @param place below {@code fixtures} */
    static void check(String place, String actual) throws IOException {
        if (WRITE) {
            Path file = SOURCES.resolve(place);
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        } else {
            assertThat(actual).isEqualTo(Corpus.text(place));
        }
    }
}
