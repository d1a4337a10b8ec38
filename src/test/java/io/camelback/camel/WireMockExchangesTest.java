package io.camelback.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.camelback.dialect.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single exchanges with a server we did not write: what exactly goes out to each provider, and its faults on the wire. */
class WireMockExchangesTest {
    private static final String OPENAI = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt\",\"choices\":["
            + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    private static final String ANTHROPIC = "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":"
            + "[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
    private static final String GEMINI = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
            + "\"finishReason\":\"STOP\",\"index\":0}]}";
    private static final String MESSAGES = "/v1/messages";
    private static final String COMPLETIONS = "/v1/chat/completions";

    @TempDir
    static Path home;
    private static WireMockServer provider;
    private static Standalone gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        provider.start();
        RunningGateway.copyHome(home);
        String url = "http://127.0.0.1:" + provider.port();
        Map<String, String> environment = Map.of("OPENAI_BASE_URL", url + "/v1", "OPENAI_API_KEY", "key-o",
                "ANTHROPIC_BASE_URL", url, "ANTHROPIC_API_KEY", "key-a", "GEMINI_BASE_URL", url, "GEMINI_API_KEY", "key-g");
        gateway = Standalone.start(home, "127.0.0.1", 0, 0, environment::get);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.stop();
    }

    @BeforeEach
    void reset() {
        provider.resetAll();
    }

    static Stream<Arguments> providers() {
        String stream = "/v1beta/models/gemini-4-argon:streamGenerateContent?alt=sse";
        return Stream.of(
                Arguments.of("gpt", COMPLETIONS, OPENAI, postRequestedFor(urlEqualTo(COMPLETIONS))
                        .withHeader("Authorization", equalTo("Bearer key-o"))
                        .withRequestBody(matchingJsonPath("$.model", equalTo("gpt-6-sol")))
                        .withRequestBody(matchingJsonPath("$.messages[0].content", equalTo("hi")))
                        .withRequestBody(matchingJsonPath("$.stream_options.include_usage", equalTo("true")))),
                Arguments.of("claude-opus", MESSAGES, ANTHROPIC, postRequestedFor(urlEqualTo(MESSAGES))
                        .withHeader("x-api-key", equalTo("key-a")).withHeader("anthropic-version", equalTo("2023-06-01"))
                        .withHeader("Authorization", absent())
                        .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("128000")))),
                Arguments.of("gemini-pro", stream, GEMINI, postRequestedFor(urlEqualTo(stream))
                        .withHeader("x-goog-api-key", equalTo("key-g")).withHeader("Authorization", absent())
                        .withRequestBody(matchingJsonPath("$.contents[0].parts[0].text", equalTo("hi")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("providers")
    void the_provider_gets_its_own_words_and_one_credential(String model, String path, String answer,
            RequestPatternBuilder expected) throws Exception {
        provider.stubFor(post(urlEqualTo(path)).willReturn(okJson(answer).withHeader("Set-Cookie", "a=b")));

        HttpResponse<String> response = ask(model);

        assertThat(RunningGateway.text(response)).isEqualTo("Hello");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        provider.verify(1, expected.withHeader("Content-Type", equalTo("application/json")).withHeader("x-secret", absent())
                .withHeader("Cookie", absent()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Fault.class)
    void a_fault_on_the_wire_goes_to_the_next_link(Fault fault) throws Exception {
        provider.stubFor(post(urlEqualTo(MESSAGES)).willReturn(aResponse().withFault(fault)));
        provider.stubFor(post(urlEqualTo(COMPLETIONS)).willReturn(okJson(OPENAI)));

        HttpResponse<String> response = ask("premium");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-camelback-model")).contains("gpt");
        assertThat(Json.read(response.body()).at("/choices/0/message/content").asText()).isEqualTo("Hello");
    }

    private static HttpResponse<String> ask(String model) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + COMPLETIONS))
                .header("Content-Type", "application/json").header("Authorization", "Bearer the-callers").header("x-secret", "x")
                .header("Cookie", "c=d").POST(HttpRequest.BodyPublishers.ofString(RunningGateway.chat(model, false))).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
