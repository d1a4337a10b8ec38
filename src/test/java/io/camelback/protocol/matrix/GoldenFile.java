package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.ProtocolCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Written expectations: {@code -Dcamelback.golden=write} writes them anew, to be read before they are kept. */
final class GoldenFile {
    private static final boolean WRITE = "write".equals(System.getProperty("camelback.golden"));
    private static final Path SOURCES = Path.of("src/test/resources/fixtures");

    private GoldenFile() {}

    /** @param place below {@code fixtures} */
    static void check(String place, String actual) throws IOException {
        if (WRITE) {
            Path file = SOURCES.resolve(place);
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        } else {
            assertThat(actual).isEqualTo(ProtocolCorpus.text(place));
        }
    }
}
