package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.failure.FailureKind;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ParallelCalls;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamingEndpoint;
import io.camelback.testkit.TruncatedResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Errors that providers put into a stream after the status 200, in the shape of any maker: none may pass for the end of
 * an answer. After each of them the stream goes on as if it had come to its good end.
 */
class StreamErrorsTest {
    @RegisterExtension
    private static final FixedBytesProvider FIRST = new FixedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase drill =
            RawProviderChain.drill(FIRST, GatewayTestCase.SOON, GatewayTestCase::withoutRetries);

    /** What a provider sends instead of the rest of its answer, and what it means. */
    enum Told {
        NAMED_ERROR_OBJECT(
                "event: error\ndata: {\"error\":{\"message\":\"canary\",\"code\":429}}", FailureKind.RATE_LIMIT),
        NAMED_WITHOUT_AN_ERROR_FIELD("event: error\ndata: {\"message\":\"canary\",\"code\":500}", FailureKind.SERVER),
        NAMED_AND_UNKNOWN("event: error\ndata: {\"canary\":true}", FailureKind.SERVER),
        NAMED_WITH_AN_ANSWER("event: error\ndata: {\"choices\":[],\"candidates\":[]}", FailureKind.SERVER),
        NAMED_STRING("event: error\ndata: \"Rate limit reached, canary\"", FailureKind.RATE_LIMIT),
        NAMED_WORDS("event: error\ndata: 503 Service Unavailable canary", FailureKind.OVERLOAD),
        NAMED_NUMBER("event: error\ndata: 429", FailureKind.RATE_LIMIT),
        NAMED_LIST("event: error\ndata: [1,2]", FailureKind.SERVER),
        NAMED_PAGE("event: error\ndata: <html>\ndata: <h1>canary</h1></html>", FailureKind.SERVER),
        NAMED_EMPTY_OBJECT("event: error\ndata: {}", FailureKind.SERVER),
        NAMED_AND_EMPTY("event: error\ndata:", FailureKind.SERVER),
        NAMED_ALONE("event: error", FailureKind.SERVER),
        NAMED_DONE("event: error\ndata: [DONE]", FailureKind.SERVER),
        NAMED_AS_A_KIND("event: overloaded_error\ndata: {\"canary\":1}", FailureKind.SERVER),
        NAMED_EXCEPTION(
                "event: exception\ndata: {\"message\":\"throttled, too many requests\"}", FailureKind.RATE_LIMIT),
        AN_ERROR_LINE("error: {\"message\":\"canary\"}", FailureKind.SERVER),
        OPENAI(
                "data: {\"error\":{\"message\":\"canary\",\"type\":\"server_error\",\"param\":null,\"code\":null}}",
                FailureKind.SERVER),
        OPENAI_QUOTA("data: {\"error\":{\"message\":\"canary\",\"type\":\"insufficient_quota\"}}", FailureKind.QUOTA),
        RESPONSES(
                "data: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"canary\",\"param\":null}",
                FailureKind.RATE_LIMIT),
        RESPONSES_FAILED(
                "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":"
                        + "\"server_error\",\"message\":\"canary\"}}}",
                FailureKind.SERVER),
        ANTHROPIC(
                "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"canary\"}}",
                FailureKind.OVERLOAD),
        ANTHROPIC_BARE("data: {\"type\":\"error\"}", FailureKind.SERVER),
        ANTHROPIC_INNER("data: {\"type\":\"authentication_error\",\"message\":\"canary\"}", FailureKind.AUTH),
        GEMINI(
                "data: {\"error\":{\"code\":503,\"message\":\"canary\",\"status\":\"UNAVAILABLE\"}}",
                FailureKind.OVERLOAD),
        GEMINI_ELEMENT(
                "data: [{\"error\":{\"code\":429,\"message\":\"canary\",\"status\":\"RESOURCE_EXHAUSTED\"}}]",
                FailureKind.RATE_LIMIT),
        GEMINI_LATER_ELEMENT(
                "data: [{\"candidates\":[]},{\"error\":{\"code\":503,\"message\":\"canary\"}}]", FailureKind.OVERLOAD),
        OPENROUTER_CHOICE(
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{}},{\"index\":1,\"delta\":{},\"error\":"
                        + "{\"code\":502,\"message\":\"canary\"}}]}",
                FailureKind.SERVER),
        ERROR_TEXT("data: {\"error\":\"canary overloaded\"}", FailureKind.OVERLOAD),
        ERROR_TRUE("data: {\"error\":true}", FailureKind.SERVER),
        ERROR_EMPTY("data: {\"error\":{}}", FailureKind.SERVER),
        DETAIL_TEXT("data: {\"detail\":\"worker died, canary\"}", FailureKind.SERVER),
        DETAIL_OBJECT("data: {\"detail\":{\"error\":{\"message\":\"canary\",\"code\":503}}}", FailureKind.OVERLOAD),
        MESSAGE_AND_CODE("data: {\"message\":\"canary\",\"code\":529}", FailureKind.OVERLOAD),
        MESSAGE_ALONE("data: {\"message\":\"Too many requests, canary\"}", FailureKind.RATE_LIMIT),
        OBJECT_ERROR(
                "data: {\"object\":\"error\",\"message\":\"canary\",\"type\":\"BadGateway\",\"code\":502}",
                FailureKind.SERVER),
        BEDROCK("data: {\"throttlingException\":{\"message\":\"canary\"}}", FailureKind.RATE_LIMIT),
        BEDROCK_TYPE("data: {\"__type\":\"ModelStreamErrorException\",\"message\":\"canary\"}", FailureKind.SERVER),
        CLOUDFLARE(
                "data: {\"success\":false,\"errors\":[{\"code\":1031,\"message\":\"canary\"}],\"result\":null}",
                FailureKind.SERVER),
        MINIMAX("data: {\"base_resp\":{\"status_code\":1002,\"status_msg\":\"canary\"}}", FailureKind.RATE_LIMIT),
        PROBLEM_JSON("data: {\"title\":\"canary\",\"status\":503}", FailureKind.OVERLOAD),
        BAIDU(
                "data: {\"error_code\":336100,\"error_msg\":\"try again, the server is busy, canary\"}",
                FailureKind.OVERLOAD),
        DIFY(
                "data: {\"event\":\"error\",\"status\":400,\"code\":\"completion_request_error\",\"message\":\"rate limit canary\"}",
                null),
        APIGEE("data: {\"fault\":{\"faultstring\":\"canary\",\"detail\":{\"errorcode\":\"x\"}}}", FailureKind.SERVER),
        BARE_JSON("{\"error\":{\"message\":\"canary\",\"code\":503}}", FailureKind.OVERLOAD),
        BARE_PAGE("<html><body>502 canary</body></html>", FailureKind.PROTOCOL),
        NO_JSON("data: upstream connect error, canary", FailureKind.PROTOCOL),
        NO_OBJECT("data: 7", FailureKind.PROTOCOL);

        private final String event;
        /** Null where what it means is a matter of taste, as long as it is a failure. */
        private final FailureKind kind;

        Told(String event, FailureKind kind) {
            this.event = event + "\n\n";
            this.kind = kind;
        }
    }

    /** How an answer in each dialect begins, says "Hello", and comes to its good end. */
    enum Script {
        OPENAI(
                RawProviderChain.OPENAI,
                "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n",
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n",
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
        ANTHROPIC(
                RawProviderChain.ANTHROPIC,
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":"
                        + "\"m\",\"usage\":{\"input_tokens\":3}}}\n\n",
                "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                        + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n",
                "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}\n\n"
                        + "data: {\"type\":\"message_stop\"}\n\n"),
        GEMINI(
                RawProviderChain.GEMINI,
                "data: {\"responseId\":\"r\",\"modelVersion\":\"m\",\"candidates\":[]}\n\n",
                "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]}}]}\n\n",
                "data: {\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}]}\n\n"),
        RESPONSES(
                RawProviderChain.RESPONSES,
                "data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}\n\n",
                "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"i\"}}\n\n"
                        + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hello\"}\n\n",
                "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[]}}\n\n");

        private final RawProviderChain link;
        private final String begin;
        private final String hello;
        private final String end;

        Script(RawProviderChain link, String begin, String hello, String end) {
            this.link = link;
            this.begin = begin;
            this.hello = hello;
            this.end = end;
        }
    }

    private static void answer(String... events) {
        FIRST.answer(Reply.stream(String.join("", events).getBytes(StandardCharsets.UTF_8), End.FIN));
    }

    static Stream<Arguments> errors() {
        return Arrays.stream(Told.values())
                .flatMap(told -> Arrays.stream(Script.values()).map(script -> Arguments.of(told, script)));
    }

    @DisplayName("X03 an error in a stream, by the name of its event or by its data, before the first token")
    @ParameterizedTest(name = "X03 {1}: {0}")
    @MethodSource("errors")
    void before_the_first_token_the_next_link_is_asked(Told told, Script script) throws Exception {
        answer(script.begin, told.event, script.hello, script.end);

        HttpResponse<String> response = drill.ask(script.link.chain, true);

        assertThat(header(response, "x-camelback-model")).isEqualTo(RawProviderChain.NEXT);
        assertThat(text(response)).isEqualTo(drill.hello(RawProviderChain.NEXT));
        RequestRecord record = drill.record();
        assertThat(record.attempts()).hasSize(2);
        if (told.kind != null) {
            assertThat(record.attempts().get(0).failure().kind()).isEqualTo(told.kind);
        }
    }

    /**
     * The gateway leaves the connection open for a moment after the error: the next request is sent meanwhile, when the
     * record of the one before is there.
     */
    @DisplayName("X03 an error in a stream after the first token is never a clean end")
    @ParameterizedTest(name = "X03 {0}")
    @EnumSource
    void after_it_the_caller_is_told_in_its_own_dialect(Script script) throws Exception {
        Map<String, RequestRecord> records = new ConcurrentHashMap<>();
        drill.gateway().standalone.gateway().requests().listen(record -> records.put(record.id(), record));
        List<ParallelCalls.Check> checks = new ArrayList<>();
        for (Told told : Told.values()) {
            for (StreamingEndpoint endpoint : endpoints(told.ordinal() + script.ordinal())) {
                answer(script.begin, script.hello, told.event, script.end);
                Future<HttpResponse<String>> response =
                        ParallelCalls.begin(() -> endpoint.ask(drill, script.link.chain, false));
                checks.add(() -> told(told + " at " + endpoint, endpoint, response.get(), records));
                GatewayTestCase.soon("the record of " + told + " at " + endpoint)
                        .until(() -> records.size() == checks.size());
                drill.clearFailures();
            }
        }
        for (ParallelCalls.Check check : checks) {
            check.run();
        }
    }

    private static void told(
            String what, StreamingEndpoint endpoint, HttpResponse<String> response, Map<String, RequestRecord> records)
            throws Exception {
        StreamingEndpoint.Seen seen = endpoint.seen(response.body());

        assertThat(TruncatedResponse.brokenOff(response))
                .as("the end is missing: " + what)
                .isTrue();
        assertThat(seen.broken()).as(what + " " + seen).isTrue();
        assertThat(seen.errors()).as(what).hasSize(1);
        assertThat(seen.text()).as(what).isEqualTo("Hello");
        assertThat(seen.toString()).doesNotContain("canary");
        assertThat(records.get(header(response, "x-camelback-request-id")).error())
                .as(what)
                .isNotNull();
    }

    /**
     * Two of them, so that over the dialects of providers every endpoint meets every error, and the tests stay quick.
     */
    private static List<StreamingEndpoint> endpoints(int turn) {
        return List.of(StreamingEndpoint.values()[turn % 5], StreamingEndpoint.values()[(turn + 2) % 5]);
    }

    @DisplayName("X03 an error in a stream that is collected")
    @ParameterizedTest(name = "X03 {1}: {0}")
    @MethodSource("errors")
    void who_does_not_stream_is_given_no_half_answer(Told told, Script script) throws Exception {
        answer(script.begin, script.hello, told.event, script.end);

        HttpResponse<String> response = drill.ask(script.link.chain, false);

        assertThat(header(response, "x-camelback-model")).isEqualTo(RawProviderChain.NEXT);
        assertThat(text(response)).isEqualTo(drill.hello(RawProviderChain.NEXT));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void an_error_after_the_finish_takes_nothing_back(Script script) throws Exception {
        answer(script.begin, script.hello, script.end.replace("data: [DONE]\n\n", ""), Told.OPENAI.event);

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(
                StreamingEndpoint.CHAT.ask(drill, script.link.chain, false).body());

        assertThat(seen.complete()).as(seen.toString()).isTrue();
    }

    /** The marker of one dialect ends no stream of another. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"ANTHROPIC", "GEMINI"})
    void a_foreign_end_mark_is_no_end(Script script) throws Exception {
        answer(script.begin, script.hello, "data: [DONE]\n\n");

        StreamingEndpoint.Seen seen = StreamingEndpoint.CHAT.seen(
                StreamingEndpoint.CHAT.ask(drill, script.link.chain, false).body());

        assertThat(seen.broken()).as(seen.toString()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void half_a_tool_call_is_no_call_even_with_an_end_mark(StreamingEndpoint endpoint) throws Exception {
        answer(
                Script.OPENAI.begin,
                Script.OPENAI.hello,
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                        + "\"id\":\"c1\",\"function\":{\"name\":\"delete\",\"arguments\":\"{\\\"path\\\":\"}}]}}]}\n\ndata: [DONE]\n\n");

        StreamingEndpoint.Seen seen = endpoint.seen(
                endpoint.ask(drill, RawProviderChain.OPENAI.chain, true).body());

        assertThat(seen.broken()).as(seen.toString()).isTrue();
    }
}
