package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What never becomes a request of a route is answered in the same envelope, with the same headers. */
class HttpErrorsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final byte[] TOO_LARGE =
            chat("premium", false).replace("hi", "h".repeat(64 << 10)).getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final GatewayTestCase DRILL =
            GatewayTestCase.edited(config -> config.replace("max-body: 32MiB", "max-body: 64KiB"));

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "a body over the limit, its length announced",
                        post(BodyPublishers.ofByteArray(TOO_LARGE)),
                        413,
                        "request_too_large",
                        "server.max-body"),
                Arguments.of(
                        "a body over the limit, in chunks",
                        post(chunked(TOO_LARGE)),
                        413,
                        "request_too_large",
                        "server.max-body"),
                Arguments.of(
                        "curl's usual content type",
                        typed("application/x-www-form-urlencoded"),
                        415,
                        "unsupported_media_type",
                        "curl: -H 'Content-Type: application/json'"),
                Arguments.of(
                        "a form", typed("multipart/form-data; boundary=x"), 415, "unsupported_media_type", "Send JSON"),
                Arguments.of("plain text", typed("text/plain"), 415, "unsupported_media_type", "Send JSON"),
                Arguments.of("XML", typed("application/xml"), 415, "unsupported_media_type", "Send JSON"),
                Arguments.of(
                        "a compressed body",
                        typed("application/json").header("Content-Encoding", "gzip"),
                        415,
                        "unsupported_content_encoding",
                        "uncompressed"),
                Arguments.of(
                        "GET where POST is meant", to(CHAT).GET(), 405, "method_not_allowed", "GET is not possible at"),
                Arguments.of("DELETE", to(CHAT).DELETE(), 405, "method_not_allowed", "DELETE is not possible at"),
                Arguments.of(
                        "POST where GET is meant",
                        typed("application/json").uri(DRILL.gateway().uri("/v1/models")),
                        405,
                        "method_not_allowed",
                        "POST is not possible at /v1/models"),
                Arguments.of("an unknown path", to("/v1/nothing").GET(), 404, "not_found", "nothing at /v1/nothing"),
                Arguments.of(
                        "a request to an unknown path",
                        typed("application/json").uri(DRILL.gateway().uri("/v2/chat/completions")),
                        404,
                        "not_found",
                        "nothing at /v2/chat/completions"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, HttpRequest.Builder request, int status, String code, String message) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());

        assertRefusal(response, status, code);
        assertThat(Json.read(response.body()).at("/error/message").asText()).contains(message);
        assertThat(DRILL.askedAny()).as("requests to providers").isZero();
        assertThat(DRILL.log()).noneMatch(line -> line.contains("Unhandled exception"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/v1/../admin",
                "/v1/%2e%2e/admin",
                "/v1/..%2Fadmin",
                "//v1/models",
                "/V1/Chat",
                "/V1/models",
                "/v1/models;x",
                "/v1//models",
                "/v1/models.",
                "/v1",
                "/observe/health",
                "/observe/metrics",
                "/v1/chat/completions/..%2f..%2fadmin",
                "/admin",
                "/config"
            })
    void no_other_spelling_of_a_path_leads_in(String path) throws Exception {
        HttpResponse<String> response = DRILL.gateway().get(DRILL.gateway().uri(path));

        assertRefusal(response, 404, "not_found");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON",
                "application/vnd.acme+json"
            })
    void takes_json_however_it_is_labelled(String type) throws Exception {
        HttpResponse<String> response =
                DRILL.gateway().client().send(typed(type).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void takes_a_body_without_any_content_type() throws Exception {
        HttpRequest request =
                to(CHAT).POST(BodyPublishers.ofString(chat("premium", false))).build();

        assertThat(DRILL.gateway()
                        .client()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takes_a_body_just_below_the_limit() throws Exception {
        String around = chat("premium", false);
        String json = around.replace("hi", "h".repeat((64 << 10) - around.length() + 2));

        assertThat(json).hasSize(64 << 10);
        assertThat(DRILL.gateway().post(CHAT, json).statusCode()).isEqualTo(200);
        assertThat(DRILL.gateway()
                        .client()
                        .send(
                                post(chunked(json.getBytes(StandardCharsets.UTF_8)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bytes_that_are_no_http_get_an_answer_and_an_end() throws Exception {
        RawHttpResponse answer =
                RawHttpClient.send(DRILL.gateway().standalone.port(), "\u0000\u0001 this is not HTTP\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(DRILL.ask("premium", false).statusCode()).isEqualTo(200);
    }

    @Test
    void headers_without_end_are_refused() throws Exception {
        RawHttpResponse answer = RawHttpClient.post(
                DRILL.gateway().standalone.port(),
                CHAT,
                List.of("X-Long: " + "x".repeat(64 << 10)),
                chat("premium", false));

        assertThat(answer.status()).isEqualTo(431);
        assertThat(DRILL.ask("premium", false).statusCode()).isEqualTo(200);
    }

    private static void assertRefusal(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
        assertThat(response.body()).contains(header(response, "x-camelback-request-id"));
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("0");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(DRILL.gateway().uri(path));
    }

    private static HttpRequest.Builder typed(String type) {
        return to(CHAT).header("Content-Type", type).POST(BodyPublishers.ofString(chat("premium", false)));
    }

    private static HttpRequest.Builder post(BodyPublisher body) {
        return to(CHAT).header("Content-Type", "application/json").POST(body);
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
}
