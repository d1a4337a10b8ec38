package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.TruncatedResponse;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that do not finish while a stopping gateway waits: every caller is told, and every row is written. */
class StopGraceTest {
    private static final int STREAMS = 30;
    /** 2 runs, or as many as {@code -Dstop.runs=20} says. */
    private static final int RUNS = Integer.getInteger("stop.runs", 2);

    private static final UnaryOperator<String> SHORT = config ->
            GatewayTestCase.patient(config, Duration.ofSeconds(60)).replace("stop-grace: 30s", "stop-grace: 300ms");

    @TempDir
    Path folder;

    @RepeatedTest(20)
    void no_row_and_no_word_is_lost(RepetitionInfo run) throws Exception {
        if (run.getCurrentRepetition() > RUNS) {
            return;
        }
        List<CompletableFuture<String>> streams = new ArrayList<>();
        try (RunningGateway gateway = RunningGateway.start(folder, SHORT)) {
            gateway.lab.anthropic().script().always(SimulatedFault.stallAfter(3));
            List<CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>>> asked = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                asked.add(gateway.client()
                        .sendAsync(
                                gateway.request("/v1/chat/completions", chat("premium", true)),
                                HttpResponse.BodyHandlers.ofPublisher()));
            }
            for (CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> one : asked) {
                streams.add(TruncatedResponse.read(one.get(20, TimeUnit.SECONDS)));
            }
            CompletableFuture.runAsync(gateway.standalone::close).get(20, TimeUnit.SECONDS);
            assertThat(gateway.lab.anthropic().awaitClientGone(STREAMS, GatewayTestCase.SOON))
                    .as("the provider was left")
                    .isTrue();
        }
        for (CompletableFuture<String> stream : streams) {
            String text = stream.get(20, TimeUnit.SECONDS);
            assertThat(text.substring(text.lastIndexOf("data: {"))).contains("\"code\":\"shutting_down\"");
        }
        assertThat(
                        rows(
                                "SELECT COUNT(*) FROM camelback_attempt WHERE outcome = 'failed' AND failure = 'shutting_down'"))
                .containsExactly("30");
        assertThat(rows("SELECT COUNT(*) FROM camelback_request WHERE status = 200 AND error = 'shutting_down'"))
                .containsExactly("30");
        assertThat(rows("SELECT COUNT(*) FROM camelback_request")).containsExactly("30");
    }

    static Stream<Arguments> dialects() {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return Stream.of(
                Arguments.of("/v1/chat/completions", chat("premium", true), "/error/code", "shutting_down"),
                Arguments.of(
                        "/v1/messages",
                        "{\"model\":\"premium\",\"max_tokens\":9,\"stream\":true," + messages + "}",
                        "/error/type",
                        "overloaded_error"),
                Arguments.of(
                        "/v1/responses",
                        "{\"model\":\"premium\",\"stream\":true,\"input\":\"hi\"}",
                        "/response/error/code",
                        "shutting_down"),
                Arguments.of(
                        "/v1beta/models/premium:streamGenerateContent?alt=sse",
                        "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}",
                        "/error/status",
                        "UNAVAILABLE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialects")
    void a_stream_ends_with_an_error_in_its_caller_s_dialect(String path, String body, String where, String word)
            throws Exception {
        String text;
        try (RunningGateway gateway = RunningGateway.start(folder, SHORT)) {
            gateway.lab.anthropic().script().always(SimulatedFault.stallAfter(3));
            CompletableFuture<String> stream = TruncatedResponse.read(
                    gateway.client().send(gateway.request(path, body), HttpResponse.BodyHandlers.ofPublisher()));
            CompletableFuture.runAsync(gateway.standalone::close).get(20, TimeUnit.SECONDS);
            text = stream.get(20, TimeUnit.SECONDS);
        }
        String last =
                text.substring(text.lastIndexOf("data: {") + "data: ".length()).split("\\R")[0];
        assertThat(Json.read(last).at(where).asText()).as(last).isEqualTo(word);
        assertThat(text).contains("The gateway is stopping.");
    }

    static Stream<Arguments> held() {
        return Stream.of(
                Arguments.of("a model that is silent", "premium", SimulatedFault.silence()),
                Arguments.of("a chain that waits until somebody can answer", "strict", SimulatedFault.status(529)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("held")
    void a_request_without_an_answer_yet_is_refused(String what, String chain, SimulatedFault fault) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> SHORT.apply(GatewayTestCase.withoutRetries(config))
                        .replaceFirst("(?m)^  strict: \\{ ", "$0on-exhausted: notify-and-wait, wait: 10m, "))) {
            gateway.lab.providers().forEach(provider -> provider.script().always(fault));
            CompletableFuture<HttpResponse<String>> asked = gateway.client()
                    .sendAsync(
                            gateway.request("/v1/chat/completions", chat(chain, false)),
                            HttpResponse.BodyHandlers.ofString());
            await().atMost(GatewayTestCase.SOON)
                    .until(() -> gateway.lab.anthropic().count() > 0);

            CompletableFuture.runAsync(gateway.standalone::close).get(20, TimeUnit.SECONDS);

            HttpResponse<String> refused = asked.get(5, TimeUnit.SECONDS);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(Json.read(refused.body()).at("/error/code").asText()).isEqualTo("shutting_down");
        }
        assertThat(rows("SELECT status || ' ' || error FROM camelback_request")).containsExactly("503 shutting_down");
    }

    @Test
    void a_caller_who_takes_nothing_does_not_hold_up_the_stop_and_is_not_said_to_have_left() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, SHORT);
                RawHttpClient deaf =
                        RawHttpClient.connect(gateway.standalone.port(), Duration.ofSeconds(20), 4 << 10)) {
            gateway.lab.anthropic().answer(SimulatedCompletion.words(400_000));
            deaf.post("/v1/chat/completions", chat("premium", true));
            assertThat(deaf.in().read()).isEqualTo('H');

            CompletableFuture.runAsync(gateway.standalone::close).get(20, TimeUnit.SECONDS);
        }
        assertThat(rows("SELECT status || ' ' || error FROM camelback_request")).containsExactly("200 shutting_down");
        assertThat(rows("SELECT failure FROM camelback_attempt")).containsExactly("shutting_down");
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
