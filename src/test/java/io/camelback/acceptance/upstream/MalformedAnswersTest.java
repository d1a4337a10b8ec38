package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.FailureKind;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamTranscript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none although the status says so: docs/failures.md P01, P02 and P11 to P14. */
class MalformedAnswersTest extends RawChainTestBase {
    @RegisterExtension
    private static final FixedBytesProvider EVIL = new FixedBytesProvider();

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void P01_json_that_is_cut_is_no_answer(boolean stream) throws Exception {
        for (RawProviderChain link : RawProviderChain.values()) {
            drill.again();
            assertCounted(next(link, json("{\"choices\":["), stream), link, FailureKind.PROTOCOL);
        }
    }

    @DisplayName("X02 a page of HTML with a good status")
    @ParameterizedTest(name = "X02 streaming {0}")
    @ValueSource(booleans = {false, true})
    void P02_a_page_of_html_is_no_answer_and_never_shown(boolean stream) throws Exception {
        String html = "<html>" + GatewayTestCase.CANARY + "</html>";
        Reply page = Reply.of(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n",
                html.getBytes(StandardCharsets.UTF_8),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, page, stream), RawProviderChain.OPENAI, FailureKind.PROTOCOL);
        drill.awaitLog("first-openai sent no answer but HTML with status 200: " + html.length() + " bytes, sha256 "
                + sha256(html));
    }

    @Test
    void P02_the_log_has_the_size_and_the_digest_of_whatever_was_no_answer() throws Exception {
        next(RawProviderChain.OPENAI, json("{\"canary\":"), false);
        drill.awaitLog("first-openai sent no answer but broken JSON: 10 bytes, sha256 " + sha256("{\"canary\":"));
        next(RawProviderChain.OPENAI, json("[1]"), false);
        drill.awaitLog("first-openai sent no answer but no JSON object: 3 bytes, sha256 " + sha256("[1]"));
        next(RawProviderChain.GEMINI, json("{\"canary\":1}"), false);
        drill.awaitLog("first-gemini sent no answer but neither candidates nor a block reason: 12 bytes, sha256 "
                + sha256("{\"canary\":1}"));
        next(RawProviderChain.OPENAI, json("<html>" + " ".repeat(1 << 20)), false);
        drill.awaitLog("first-openai sent no answer but HTML with status 200: the first 65536 bytes, sha256 "
                + sha256("<html>" + " ".repeat((64 << 10) - 6)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {204, 205})
    void P11_a_status_without_a_body_is_no_answer(int status) throws Exception {
        Reply empty = new Reply(
                ("HTTP/1.1 " + status + " Nothing\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, empty, true), RawProviderChain.OPENAI, FailureKind.PROTOCOL);
    }

    @Test
    void P11_what_comes_before_the_answer_is_skipped() throws Exception {
        Reply reply = Reply.of(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n",
                (HELLO + STOP + DONE).getBytes(StandardCharsets.UTF_8),
                End.FIN);

        StreamTranscript.of(ask(reply, true)).assertComplete("Hello");
    }

    @DisplayName("X08 a redirect is never followed")
    @ParameterizedTest(name = "X08 {0}")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void P12_a_redirect_is_not_followed(int status) throws Exception {
        Reply redirect = new Reply(
                ("HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + EVIL.url()
                                + "/v1/chat/completions\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, redirect, false), RawProviderChain.OPENAI, FailureKind.PROTOCOL);

        assertThat(EVIL.accepted()).as("connections to where it pointed").isZero();
    }

    @Test
    void P13_a_plain_answer_to_a_streaming_request_becomes_a_stream() throws Exception {
        StreamTranscript.of(ask(json(String.format(ANSWER, "\"content\":\"Hello there\"", "stop", 2)), true))
                .assertComplete("Hello there");
    }

    @Test
    void P13_and_a_plain_error_is_classified() throws Exception {
        AttemptResult first = next(
                RawProviderChain.OPENAI,
                json("{\"error\":{\"message\":\"canary\",\"type\":\"rate_limit_error\"}}"),
                true);

        assertThat(first.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
    }

    @Test
    void P14_no_more_than_the_beginning_of_a_large_error_is_read() throws Exception {
        byte[] large = new byte[50 << 20];
        Reply reply = Reply.of(
                "HTTP/1.1 500 Broken\r\nContent-Type: application/json\r\nContent-Length: " + large.length + "\r\n\r\n",
                large,
                End.FIN);

        assertCounted(next(RawProviderChain.OPENAI, reply, false), RawProviderChain.OPENAI, FailureKind.SERVER);

        GatewayTestCase.soon("the connection to be dropped").until(() -> FIRST.openConnections() == 0);
        assertThat(FIRST.written())
                .as("bytes that left the provider, buffers of the network included")
                .isLessThan(16 << 20);
    }

    @Test
    void the_first_link_is_asked_in_its_own_words() throws Exception {
        for (RawProviderChain link : RawProviderChain.values()) {
            StringBuilder asked = new StringBuilder();
            FIRST.answer(request -> {
                asked.append(request);
                return Reply.json(500, "{}");
            });
            drill.gateway().post("/v1/chat/completions", chat(link.chain, true));
            assertThat(asked.toString())
                    .contains("raw-key")
                    .containsAnyOf(
                            List.of("/v1/chat/completions", "/v1/messages", "/v1beta/models/raw", "/v1/responses")
                                    .get(link.ordinal()));
        }
    }
}
