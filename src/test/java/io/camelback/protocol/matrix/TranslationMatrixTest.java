package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.testkit.JsonMeaning;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint, every target, every case. What is expected stands in {@code fixtures/matrix/<endpoint>/<case>/}:
 * {@code <target>.json}, the body the provider gets, or {@code <target>.refused}, why it cannot.
 * {@code -Dcamelback.golden=write} writes them anew, to be read before they are kept.
 */
class TranslationMatrixTest {
    private static final boolean WRITE = "write".equals(System.getProperty("camelback.golden"));
    private static final Path SOURCES = Path.of("src/test/resources/fixtures/matrix");

    static List<TranslationMatrix.Pair> pairs() {
        return TranslationMatrix.pairs();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void a_request_is_written_as_expected_or_refused_with_the_reason(TranslationMatrix.Pair pair) throws IOException {
        ChatRequest request = pair.read();
        String before = Json.text(request.original().body());

        TranslationMatrix.Written written = pair.write();

        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(before);
        String place = pair.request().endpoint() + "/" + pair.request().name() + "/" + pair.target();
        if (WRITE) {
            write(place, written);
        } else {
            assertThat(written.text()).isEqualTo(ProtocolCorpus.text("matrix/" + place + written.suffix()));
        }
    }

    private static void write(String place, TranslationMatrix.Written written) throws IOException {
        Path file = SOURCES.resolve(place + written.suffix());
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(SOURCES.resolve(place + ".json"));
        Files.deleteIfExists(SOURCES.resolve(place + ".refused"));
        Files.writeString(file, written.text());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void streaming_changes_the_fields_of_streaming_only(TranslationMatrix.Pair pair) {
        ChatRequest request = pair.read();
        TranslationMatrix.Written once = pair.write();
        if (once.body().isEmpty()) {
            assertThatThrownBy(() -> pair.target().write(request, true))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(once.refused());
            return;
        }

        ObjectNode streamed = pair.target().write(request, true);

        ObjectNode expected = once.body().get().deepCopy();
        switch (pair.target()) {
            case OPENAI -> {
                assertThat(streamed.path("stream_options").path("include_usage").asBoolean())
                        .isTrue();
                expected.put("stream", true).set("stream_options", streamed.get("stream_options"));
            }
            case ANTHROPIC -> expected.put("stream", true);
            case RESPONSES -> {
                expected.put("stream", true);
                if (streamed.has("stream_options")) {
                    expected.set("stream_options", request.original().body().get("stream_options"));
                }
            }
            case GEMINI -> {}
        }
        assertThat(JsonMeaning.of(streamed)).isEqualTo(JsonMeaning.of(expected));
    }

    /** Independent of the written expectations: what the target's own endpoint reads is what the caller said. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void a_request_means_the_same_at_the_target_but_for_what_is_listed(TranslationMatrix.Pair pair) {
        List<String> unexplained = pair.difference().stream()
                .filter(line -> RequestAllowance.all().stream().noneMatch(allowed -> allowed.explains(pair, line)))
                .toList();

        assertThat(unexplained).isEmpty();
    }

    @Test
    void every_listed_difference_occurs() {
        List<RequestAllowance> idle = RequestAllowance.all().stream()
                .filter(allowed -> TranslationMatrix.pairs().stream()
                        .noneMatch(pair -> pair.difference().stream().anyMatch(line -> allowed.explains(pair, line))))
                .toList();

        assertThat(idle).isEmpty();
    }

    @Test
    void no_expectation_is_left_over() throws IOException {
        List<String> expected = TranslationMatrix.pairs().stream()
                .map(pair -> pair.request().endpoint() + "/" + pair.request().name() + "/" + pair.target()
                        + pair.write().suffix())
                .sorted()
                .toList();

        try (var files = Files.walk(ProtocolCorpus.path("matrix"))) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> ProtocolCorpus.path("matrix")
                            .relativize(file)
                            .toString()
                            .replace('\\', '/'))
                    .sorted()
                    .collect(Collectors.toList());
            assertThat(found).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_endpoint_has_at_least_twelve_cases(TestProtocol endpoint) {
        assertThat(ProtocolCorpus.requests())
                .filteredOn(request -> request.endpoint() == endpoint)
                .hasSizeGreaterThanOrEqualTo(12);
    }
}
