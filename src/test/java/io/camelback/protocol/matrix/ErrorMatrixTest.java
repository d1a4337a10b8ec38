package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureClassifier;
import io.camelback.failure.InBandErrorDetector;
import io.camelback.failure.ProviderError;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every provider's error at every endpoint: what it means, and what a caller is told when no other link is left. The
 * errors stand in {@code fixtures/errors/<dialect>/<case>.json}, what is expected beside them in {@code <case>.txt}.
 */
class ErrorMatrixTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final ChatRequest STREAMED =
            ChatRequest.builder("auto").stream(true).build();

    static List<String> cases() {
        List<String> cases = new ArrayList<>();
        for (TestProtocol tongue : TestProtocol.values()) {
            try (Stream<Path> files = Files.list(ProtocolCorpus.path("errors/" + tongue.key()))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".json"))
                        .sorted()
                        .forEach(name -> cases.add(tongue.key() + "/" + name.replace(".json", "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void an_error_is_told_as_expected_at_every_endpoint(String name) throws IOException {
        ProviderException failure = failure(name);
        GatewayError error = failure.kind().answers()
                ? ErrorEnvelope.declined(failure)
                : ErrorEnvelope.exhausted(List.of(failure), List.of(), false);
        StringBuilder told =
                new StringBuilder("means: " + failure.kind() + (failure.kind().terminal() ? ", ends the chain" : "")
                        + (failure.kind().counted() ? ", counts" : "") + ", parks "
                        + failure.kind().cooldownScope()
                        + (failure.retryAfter() == null ? "" : ", wait " + failure.retryAfter()) + "\n");
        for (TestProtocol endpoint : TestProtocol.values()) {
            told.append("\n")
                    .append(endpoint)
                    .append(" ")
                    .append(endpoint.endpoint.status(error))
                    .append("\n")
                    .append(endpoint.endpoint.writeError(error, "req-1").toPrettyString())
                    .append("\n")
                    .append(endpoint.endpoint
                            .streamWriter(STREAMED, "req-1", 1_700_000_000L)
                            .error(error)
                            .strip())
                    .append("\n");
        }

        GoldenFile.check("errors/" + name + ".txt", told.toString());
        assertThat(told)
                .as("no word of the provider's")
                .doesNotContain("secret", "sk-abcd", "https://", "theirs", "generativelanguage");
    }

    private static ProviderException failure(String name) {
        JsonNode given = ProtocolCorpus.object(ProtocolCorpus.text("errors/" + name + ".json"));
        ProviderError error = ProviderErrorReader.read(given.get("body"));
        int status = given.path("status").asInt();
        if (status == 200) {
            assertThat(InBandErrorDetector.isError(given.get("body"))).isTrue();
            return FailureClassifier.inBand(error, false, NOW);
        }
        return FailureClassifier.classify(
                status, header -> Json.string(given.path("headers"), header), error, false, NOW);
    }

    @Test
    void every_dialect_has_the_errors_that_matter() {
        for (TestProtocol tongue : TestProtocol.values()) {
            assertThat(cases())
                    .as(tongue.key())
                    .filteredOn(name -> name.startsWith(tongue.key() + "/"))
                    .anyMatch(name -> name.contains("/400-"))
                    .anyMatch(name -> name.contains("/401-"))
                    .anyMatch(name -> name.contains("/404-"))
                    .anyMatch(name -> name.contains("/429-"))
                    .anyMatch(name -> name.contains("/500-"))
                    .anyMatch(name -> name.matches(".*/5(03|29)-.*"))
                    .anyMatch(name -> name.endsWith("/in-band"));
        }
    }
}
