package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSocket transport of Responses, as Codex speaks it. */
class ResponsesWebSocketTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(20)));

    private final List<Connection> connections = new ArrayList<>();

    /** One connection, and the messages that came. */
    private static final class Connection implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(json(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.add(code);
            return null;
        }

        void send(String message) {
            socket.sendText(message.replace('\'', '"'), true).join();
        }

        JsonNode next() throws InterruptedException {
            JsonNode event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        /** The events up to the last one of an answer. */
        List<JsonNode> answer() throws InterruptedException {
            List<JsonNode> all = new ArrayList<>();
            do {
                all.add(next());
            } while (!all.get(all.size() - 1)
                    .path("type")
                    .asText()
                    .matches("error|response\\.(completed|incomplete|failed)"));
            return all;
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (Exception e) {
            throw new IllegalStateException(text, e);
        }
    }

    private Connection dial() {
        Connection connection = new Connection();
        connection.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("OpenAI-Beta", "responses_websockets=2026-02-06")
                .header("x-camelback-commit", "first-token")
                .buildAsync(
                        URI.create(
                                "ws://127.0.0.1:" + DRILL.gateway().standalone.port() + "/v1/responses"),
                        connection)
                .join();
        connections.add(connection);
        return connection;
    }

    @AfterEach
    void hang_up() {
        connections.forEach(connection -> connection.socket.abort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt", "gpt-responses", "claude-haiku", "gemini-flash"})
    void an_answer_comes_as_messages_whoever_gives_it(String model) throws Exception {
        Connection connection = dial();

        for (int turn = 0; turn < 2; turn++) {
            connection.send("{'type':'response.create','model':'" + model
                    + "','store':false,'input':[{'type':'message','role':'user','content':'hi'}]}");
            List<JsonNode> events = connection.answer();

            assertThat(events.get(0).path("type").asText())
                    .as(events.get(0).toString())
                    .isEqualTo("response.created");
            JsonNode last = events.get(events.size() - 1);
            assertThat(last.path("type").asText()).isEqualTo("response.completed");
            assertThat(last.at("/response/output").findValuesAsText("text")).anyMatch(text -> text.startsWith("Hello"));
        }
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                        ledger(),
                        "SELECT COUNT(*) FROM camelback_request WHERE endpoint = 'responses' AND status = 200 AND asked = '"
                                + model + "'"))
                .isGreaterThanOrEqualTo(2));
    }

    @Test
    void a_provider_that_fails_is_replaced_before_the_first_message() throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(529));
        Connection connection = dial();

        connection.send("{'type':'response.create','model':'premium','input':'hi'}");

        List<JsonNode> events = connection.answer();
        assertThat(events.get(events.size() - 1).at("/response/model").asText()).startsWith("gpt");
    }

    @Test
    void the_next_request_may_send_what_is_new() throws Exception {
        DRILL.gateway().lab.openAi().answer(SimulatedCompletion.text("The first answer."));
        Connection connection = dial();
        connection.send("{'type':'response.create','model':'gpt-responses','input':[{'role':'user','content':'one'}]}");
        String id = last(connection.answer()).at("/response/id").asText();

        connection.send("{'type':'response.processed','response_id':'" + id + "'}");
        connection.send("{'type':'response.create','model':'gpt-responses','previous_response_id':'" + id
                + "','input':[{'role':'user','content':'two'}]}");
        String second = last(connection.answer()).at("/response/id").asText();
        connection.send("{'type':'response.create','model':'gpt-responses','previous_response_id':'" + second
                + "','input':[{'role':'user','content':'three'}]}");
        connection.answer();

        List<RecordedRequest> received = DRILL.gateway().lab.openAi().received();
        String sent = new String(received.get(received.size() - 1).body());
        assertThat(sent).doesNotContain("previous_response_id").contains("one", "two", "three");
        assertThat(sent.split("The first answer", -1)).hasSize(3);
        assertThat(json(sent).path("input")).hasSize(5);
    }

    @Test
    void a_warm_up_asks_nobody_and_can_be_gone_on_from() throws Exception {
        Connection connection = dial();
        connection.send("{'type':'response.create','model':'gpt-responses','generate':false,"
                + "'input':[{'role':'user','content':'one'}]}");
        List<JsonNode> warm = connection.answer();

        assertThat(warm)
                .extracting(event -> event.path("type").asText())
                .containsExactly("response.created", "response.completed");
        assertThat(DRILL.askedAny()).isZero();
        connection.send("{'type':'response.create','model':'gpt-responses','previous_response_id':'"
                + last(warm).at("/response/id").asText() + "','input':[]}");
        assertThat(last(connection.answer()).path("type").asText()).isEqualTo("response.completed");
        List<RecordedRequest> received = DRILL.gateway().lab.openAi().received();
        assertThat(new String(received.get(received.size() - 1).body())).contains("one");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{'type':'response.create','model':'gpt','previous_response_id':'resp_x','input':[]}`, 400, previous_response_not_found",
                "`{'type':'response.create','model':'nobody-1','input':'hi'}`, 404, model_not_found",
                "`{'type':'response.create','input':'hi'}`, 400, `invalid_request`",
                "`{'type':'session.update'}`, 400, invalid_request",
                "`[1]`, 400, invalid_request",
                "`no json`, 400, invalid_json"
            })
    void what_cannot_be_read_is_an_event_and_the_connection_lives(String message, int status, String code)
            throws Exception {
        Connection connection = dial();
        connection.send(message);

        JsonNode event = connection.next();

        assertThat(event.path("type").asText()).isEqualTo("error");
        assertThat(event.path("status").asInt()).isEqualTo(status);
        assertThat(event.at("/error/code").asText()).startsWith(code);
        connection.send("{'type':'response.create','model':'gpt','input':'hi'}");
        assertThat(last(connection.answer()).path("type").asText()).isEqualTo("response.completed");
    }

    @Test
    void when_nobody_answers_the_event_has_the_status_and_when_to_try_again() throws Exception {
        DRILL.script("gpt").always(SimulatedFault.status(429));
        Connection connection = dial();
        connection.send("{'type':'response.create','model':'gpt','input':'hi'}");

        JsonNode event = connection.next();

        assertThat(event.path("status").asInt()).as(event.toString()).isEqualTo(429);
        assertThat(event.at("/headers/retry-after").asText()).isNotEmpty();
    }

    @Test
    void one_answer_at_a_time_and_who_leaves_ends_it() throws Exception {
        DRILL.script("gpt").always(SimulatedFault.stallAfter(3));
        Connection connection = dial();
        connection.send("{'type':'response.create','model':'gpt','input':'hi'}");
        connection.next();

        connection.send("{'type':'response.create','model':'gpt','input':'hi'}");

        JsonNode event = connection.next();
        while (!event.path("type").asText().equals("error")) {
            event = connection.next();
        }
        assertThat(event.at("/error/code").asText()).isEqualTo("response_in_progress");
        List<RecordedRequest> received = DRILL.gateway().lab.openAi().received();
        connection.socket.abort();
        assertThat(received.get(received.size() - 1).awaitEnd(Duration.ofSeconds(20)))
                .isTrue();
        LedgerSamples.soon(() -> assertThat(
                        LedgerSamples.number(ledger(), "SELECT COUNT(*) FROM camelback_request WHERE status = 499"))
                .isPositive());
    }

    @Test
    void a_conversation_of_megabytes_is_taken_and_a_binary_message_is_not() throws Exception {
        Connection connection = dial();
        connection.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true).join();
        assertThat(connection.next().at("/error/code").asText()).isEqualTo("invalid_request");

        connection.send("{'type':'response.create','model':'gpt','input':'" + "long ".repeat(200_000) + "'}");

        assertThat(last(connection.answer()).path("type").asText()).isEqualTo("response.completed");
    }

    private static JsonNode last(List<JsonNode> events) {
        return events.get(events.size() - 1);
    }

    private static Ledger ledger() {
        return DRILL.gateway().standalone.gateway().accounts().ledger().orElseThrow();
    }
}
