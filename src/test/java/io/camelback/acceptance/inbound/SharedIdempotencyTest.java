package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.InternalServerException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Idempotency-Keys beyond one gateway that is well: replicas, restarts, no ledger or one that is away, client keys and
 * SDKs.
 */
class SharedIdempotencyTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private static String patient(String config) {
        return GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(20)));
    }

    private static UnaryOperator<String> shared() {
        return config -> patient(config) + server.ledger(Duration.ofSeconds(10));
    }

    private static boolean replay(HttpResponse<?> response) {
        return header(response, "x-camelback-idempotent-replay") != null;
    }

    private static CompletableFuture<HttpResponse<String>> send(RunningGateway gateway, boolean stream, String key) {
        return gateway.client()
                .sendAsync(gateway.request(CHAT, chat("gpt", stream), KEY, key), HttpResponse.BodyHandlers.ofString());
    }

    private static int asked(RunningGateway... gateways) {
        int asked = 0;
        for (RunningGateway gateway : gateways) {
            asked += gateway.lab.openAi().count();
        }
        return asked;
    }

    @Test
    void K20_of_two_hundred_at_once_at_two_gateways_one_is_run_and_both_know_its_answer() throws Exception {
        try (RunningGateway one = RunningGateway.start(folder, shared());
                RunningGateway two = RunningGateway.start(other, shared())) {
            for (boolean stream : new boolean[] {false, true}) {
                String key = "streamed: " + stream;
                int before = asked(one, two);
                one.lab.openAi().script().always(SimulatedFault.slowHeaders(Duration.ofMillis(800)));
                two.lab.openAi().script().always(SimulatedFault.slowHeaders(Duration.ofMillis(800)));
                List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    all.add(send(i % 2 == 0 ? one : two, stream, key));
                }
                List<HttpResponse<String>> responses =
                        all.stream().map(CompletableFuture::join).toList();

                assertThat(responses)
                        .allSatisfy(
                                response -> assertThat(response.statusCode()).isIn(200, 409));
                List<HttpResponse<String>> answers = responses.stream()
                        .filter(response -> response.statusCode() == 200 && !replay(response))
                        .toList();
                assertThat(answers).hasSize(1);
                assertThat(one.ask("gpt", stream, KEY, key).body())
                        .isEqualTo(answers.get(0).body());
                assertThat(two.ask("gpt", stream, KEY, key).body())
                        .isEqualTo(answers.get(0).body());
                assertThat(two.post(CHAT, chat("gpt", stream).replace("hi", "ho"), KEY, key)
                                .statusCode())
                        .isEqualTo(422);
                assertThat(asked(one, two)).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void K20_what_a_gateway_that_died_was_running_is_run_by_another_one() throws Exception {
        try (RunningGateway alive = RunningGateway.start(folder, shared())) {
            alive.lab.openAi().script().then(SimulatedFault.slowHeaders(Duration.ofMillis(500)));
            CompletableFuture<HttpResponse<String>> dying = send(alive, false, "k");
            GatewayTestCase.soon("gpt to be asked").until(() -> asked(alive) == 1);
            sql(alive, "UPDATE camelback_reply SET gateway = 'dead'");

            HttpResponse<String> taken = alive.ask("gpt", false, KEY, "k");

            assertThat(taken.statusCode()).isEqualTo(200);
            assertThat(replay(taken)).isFalse();
            dying.get();
            assertThat(alive.ask("gpt", false, KEY, "k").body())
                    .as("the one who took over has the last word")
                    .isEqualTo(taken.body());
        }
    }

    @Test
    void K20_an_answer_outlives_a_restart() throws Exception {
        String first;
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            first = gateway.ask("gpt", true, KEY, "k").body();
        }
        Files.move(folder.resolve("data"), other.resolve("data"));
        try (RunningGateway gateway = RunningGateway.start(other)) {
            HttpResponse<String> again = gateway.ask("gpt", true, KEY, "k");

            assertThat(replay(again)).isTrue();
            assertThat(again.body()).isEqualTo(first);
            assertThat(asked(gateway)).isZero();
        }
    }

    @Test
    void K20_without_a_ledger_keys_hold_as_long_as_the_gateway_runs() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, config -> patient(config) + "\nledger: off\n")) {
            for (boolean stream : new boolean[] {false, true}) {
                String key = "streamed: " + stream;
                int before = asked(gateway);
                gateway.lab
                        .openAi()
                        .script()
                        .then(SimulatedFault.status(500), SimulatedFault.slowHeaders(Duration.ofMillis(300)));
                assertThat(gateway.ask("gpt", stream, KEY, key).statusCode()).isEqualTo(502);
                CompletableFuture<HttpResponse<String>> first = send(gateway, stream, key);
                GatewayTestCase.soon("gpt to be asked").until(() -> asked(gateway) == before + 2);

                assertThat(gateway.ask("gpt", stream, KEY, key).statusCode()).isEqualTo(409);
                assertThat(first.get().statusCode()).isEqualTo(200);
                assertThat(gateway.ask("gpt", stream, KEY, key).body())
                        .isEqualTo(first.get().body());
                assertThat(asked(gateway)).isEqualTo(before + 2);
            }
        }
    }

    @Test
    void K20_while_the_ledger_is_away_a_request_with_a_key_is_refused_and_any_other_is_answered() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder, config -> config + "\nledger: { file: data/ledger.db, max-wait: 200ms }\n")) {
            CountDownLatch back = new CountDownLatch(1);
            LedgerSamples.hang(gateway.ledger(), back);

            HttpResponse<String> refused = gateway.ask("gpt", false, KEY, "k");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Json.read(refused.body()).at("/error/code").asText()).isEqualTo("idempotency_unavailable");
            assertThat(header(refused, "Retry-After")).isEqualTo("5");
            assertThat(asked(gateway)).isZero();
            assertThat(gateway.ask("gpt", false).statusCode()).isEqualTo(200);
            HttpResponse<String> ready = gateway.get(gateway.management("/observe/health/ready?data=true"));
            assertThat(ready.statusCode()).as("others are served").isEqualTo(200);
            assertThat(ready.body())
                    .contains("\"money.refused.count\":1", "\"money.refused.since\":\"" + gateway.clock.instant());
            assertThat(MetricsTest.value(gateway, "camelback_money_refused_total{reason=\"idempotency_unavailable\"}"))
                    .isEqualTo(1);
            back.countDown();
            LedgerSamples.soon(() ->
                    assertThat(gateway.ask("gpt", false, KEY, "k").statusCode()).isEqualTo(200));
            assertThat(asked(gateway)).isEqualTo(2);
        }
    }

    @Test
    void K20_a_key_is_its_client_key_s_own_and_a_replay_counts_to_no_quota_and_no_budget() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            String alice = clientKey(gateway, "alice", "{\"limits\":{\"requests/day\":\"1\"}}");
            String bob = clientKey(gateway, "bob", "{}");
            HttpResponse<String> hers = gateway.ask("gpt", false, KEY, "k", "x-api-key", alice);
            assertThat(hers.statusCode()).isEqualTo(200);

            HttpResponse<String> his = gateway.post(
                    "/v1/messages",
                    "{\"model\":\"gpt\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\"," + "\"content\":\"hi\"}]}",
                    KEY,
                    "k",
                    "Authorization",
                    "Bearer " + bob);
            HttpResponse<String> again = gateway.ask("gpt", false, KEY, "k", "x-api-key", alice);

            assertThat(his.statusCode()).isEqualTo(200);
            assertThat(replay(his)).isFalse();
            assertThat(again.body()).isEqualTo(hers.body());
            assertThat(asked(gateway)).isEqualTo(2);
            assertThat(gateway.ask("gpt", false, KEY, "another", "x-api-key", alice)
                            .statusCode())
                    .isEqualTo(429);
            gateway.clock.advance(Duration.ofHours(13));
            assertThat(replay(gateway.ask("gpt", false, KEY, "another", "x-api-key", alice)))
                    .as("what a quota refused is run")
                    .isFalse();
            Ledger ledger = gateway.ledger();
            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_replay"))
                    .isEqualTo(1));
            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_attempt"))
                    .isEqualTo(3));
        }
    }

    @Test
    void K20_an_sdk_s_next_try_is_run_after_a_failure_and_waits_for_an_answer_that_is_on_its_way() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, SharedIdempotencyTest::patient)) {
            gateway.lab
                    .openAi()
                    .script()
                    .then(SimulatedFault.status(500), SimulatedFault.slowHeaders(Duration.ofMillis(500)));
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(gateway.uri("/v1").toString())
                    .apiKey("any")
                    .maxRetries(2)
                    .build();
            ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
                    .model("gpt")
                    .addUserMessage("hi")
                    .putAdditionalHeader(KEY, "k")
                    .build();
            assertThatThrownBy(() -> client.chat().completions().create(request))
                    .isInstanceOf(InternalServerException.class);
            CompletableFuture<ChatCompletion> first = CompletableFuture.supplyAsync(
                    () -> client.chat().completions().create(request));
            GatewayTestCase.soon("gpt to be asked").until(() -> asked(gateway) == 2);

            ChatCompletion second = client.chat().completions().create(request);

            assertThat(second).isEqualTo(first.get());
            assertThat(client.chat().completions().create(request)).isEqualTo(second);
            assertThat(asked(gateway)).isEqualTo(2);
            client.close();
        }
    }

    private static String clientKey(RunningGateway gateway, String name, String settings) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.management("/api/keys"))
                .header("x-camelback-action", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"action\":\"create\",\"name\":\"" + name + "\",\"settings\":" + settings + "}"))
                .build();
        return Json.read(gateway.client()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("secret")
                .asText();
    }

    private static void sql(RunningGateway gateway, String sql) {
        gateway.ledger().database().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
