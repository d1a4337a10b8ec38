package io.camelback.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderError;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.failure.ProviderException;
import io.camelback.stream.FirstTokenStream;
import io.camelback.stream.ProviderStream;
import io.camelback.testkit.ResponsesFixtures;
import io.camelback.upstream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures inside a stream of this dialect, as the driver of streams meets them. */
class ResponsesFailureTest {

    /** Makes an in-band error a failure with the error's code. */
    private static final class Owner implements ProviderStream.Owner {
        private boolean progress;

        @Override
        public void onChunk(StreamChunk chunk) {
            progress |= chunk.hasProgress();
        }

        @Override
        public ProviderException inStreamError(JsonNode error) {
            ProviderError read = ProviderErrorReader.read(error);
            return new ProviderException(FailureKind.SERVER, 200, read.code(), String.valueOf(read.message()), null);
        }

        @Override
        public ProviderException connectionBroken(IOException failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void close() {
            throw new AssertionError("the stream's user closes it");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(
                        "response.failed",
                        "{\"type\":\"response.failed\",\"sequence_number\":2,\"response\":{"
                                + "\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"m\"},\"output\":[]}}",
                        "server_error"),
                arguments(
                        "response.failed that does not say why",
                        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":null}}",
                        null),
                arguments(
                        "a flat error",
                        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"m\",\"param\":null,"
                                + "\"sequence_number\":1}",
                        "rate_limit_exceeded"),
                arguments(
                        "a nested error",
                        "{\"type\":\"error\",\"error\":{\"type\":\"insufficient_quota\","
                                + "\"code\":\"insufficient_quota\",\"message\":\"m\",\"param\":null}}",
                        "insufficient_quota"));
    }

    private final Owner owner = new Owner();

    private ProviderStream stream(String sse) {
        SseReader events = new SseReader(new ByteArrayInputStream(sse.getBytes(StandardCharsets.UTF_8)));
        return new ProviderStream(events, ResponsesFixtures.DIALECT, owner);
    }

    private static String begun() {
        String sse = ResponsesFixtures.text("stream-text/stream.sse");
        return sse.substring(0, sse.indexOf("event: response.output_item.added"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void an_error_right_after_the_beginning_is_a_failure_before_anything_was_said(
            String name, String data, String code) {
        ProviderStream stream = stream(begun() + "data: " + data + "\n\n");
        assertThat(stream.next().hasContent()).isFalse();
        assertThat(stream.next().hasContent()).isFalse();

        ProviderException failure = catchThrowableOfType(ProviderException.class, stream::next);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(owner.progress).isFalse();
    }

    @Test
    void a_stream_without_its_last_event_is_cut() {
        ProviderStream stream = stream(begun());
        stream.next();
        stream.next();

        ProviderException failure = catchThrowableOfType(ProviderException.class, stream::next);

        assertThat(failure.code()).isEqualTo("stream_truncated");
    }

    @Test
    void events_that_repeat_a_large_request_are_held_back_until_the_first_word() {
        String large = "\"instructions\":\"" + "x".repeat(200_000) + "\"";
        String sse = ResponsesFixtures.text("stream-text/stream.sse").replace("\"instructions\":null", large);

        FirstTokenStream stream = FirstTokenStream.of(stream(sse));

        assertThat(owner.progress).isTrue();
        assertThat(stream.next().name()).isEqualTo("response.created");
    }

    @Test
    void silent_reasoning_is_progress_but_commits_to_nothing() {
        ProviderStream stream = stream(ResponsesFixtures.text("stream-silent-reasoning/stream.sse"));
        boolean content = false;
        for (int event = 0; event < 4; event++) {
            content |= stream.next().hasContent();
        }

        assertThat(owner.progress).isTrue();
        assertThat(content).isFalse();
    }
}
