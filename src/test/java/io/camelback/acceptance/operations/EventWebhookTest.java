package io.camelback.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import io.camelback.camel.bundle.WebhookFormatProcessor;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events on their way through the shipped route to a webhook. */
class EventWebhookTest {
    private static final String SCHEMA = """
            {"type": "object", "additionalProperties": false,
             "required": ["schema", "id", "at", "type", "severity", "subject", "text", "repeated", "details"],
             "properties": {"schema": {"const": "camelback.event/1"}, "id": {"pattern": "^evt-"}, "at": {"type": "string"},
               "type": {"pattern": "^[a-z]+(\\\\.[a-z]+)?$"}, "severity": {"enum": ["info", "warning", "critical"]},
               "subject": {"type": "string"}, "text": {"pattern": "\\\\.$"}, "repeated": {"type": "integer"},
               "details": {"type": "object"}}}
            """;
    private static final List<JsonNode> POSTED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger REFUSE = new AtomicInteger();

    @TempDir
    static Path folder;

    private static HttpServer webhook;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean refuse = REFUSE.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            exchange.sendResponseHeaders(refuse ? 500 : 204, -1);
            exchange.close();
            if (!refuse) {
                POSTED.add(Json.read(body));
            }
        });
        webhook.start();
        gateway = RunningGateway.start(folder, config -> {
            append("camelback.webhook.url = http://127.0.0.1:"
                    + webhook.getAddress().getPort() + "/hook\n");
            return GatewayTestCase.withoutRetries(config);
        });
    }

    private static void append(String properties) {
        try {
            Files.writeString(folder.resolve("config/application.properties"), properties, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        webhook.stop(0);
    }

    @BeforeEach
    void anotherDay() {
        gateway.clock.advance(Duration.ofDays(1));
        gateway.lab.providers().forEach(provider -> provider.script().clear());
        REFUSE.set(0);
        POSTED.clear();
    }

    private static JsonNode posted(String type) {
        GatewayTestCase.soon(type)
                .until(() -> POSTED.stream()
                        .anyMatch(event -> event.path("type").asText().equals(type)));
        return POSTED.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The simulated failure, who is asked, and the event that follows. */
    static Stream<Arguments> alerts() {
        return Stream.of(
                Arguments.of("a refused key", 401, "claude-opus", 1, "key.cooldown", "key of anthropic"),
                Arguments.of("a model that is gone", 404, "gpt", 1, "model.gone", "gpt"),
                Arguments.of("an open breaker", 500, "grok", 5, "breaker.opened", "grok"),
                Arguments.of("nobody left", 500, "glm", 1, "chain.exhausted", "glm"));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource
    void alerts(String what, int status, String model, int times, String type, String subject) throws Exception {
        gateway.lab.providers().forEach(provider -> provider.script().always(SimulatedFault.status(status)));
        for (int i = 0; i < times; i++) {
            gateway.ask(model, false);
        }

        JsonNode event = posted(type);

        assertThat(event.path("subject").asText()).isEqualTo(subject);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA);
        assertThat(schema.validate(event)).isEmpty();
        assertThat(event.toString()).doesNotContain("sim-", "\"hi\"", "http");
    }

    @Test
    void a_degraded_answer_is_told_once_and_each_for_review_and_the_webhook_gets_only_what_is_worth_it()
            throws Exception {
        gateway.lab.providers().forEach(provider -> provider.script().always(SimulatedFault.status(503)));
        List<String> told = new CopyOnWriteArrayList<>();
        gateway.standalone
                .gateway()
                .observation()
                .events()
                .listen(notice -> told.add(notice.event().type().word()));
        for (int i = 0; i < 3; i++) {
            gateway.ask("local", false);
        }

        assertThat(posted("answer.degraded").at("/details/degraded").asText()).isEqualTo("static");
        GatewayTestCase.soon("three for review")
                .until(() -> told.stream().filter("answer.review"::equals).count() == 3);
        assertThat(told.stream().filter("answer.degraded"::equals)).hasSize(1);
        assertThat(POSTED).noneMatch(event -> event.path("severity").asText().equals("info"));
    }

    @Test
    void a_webhook_that_stumbles_is_tried_again_and_requests_go_on_meanwhile() throws Exception {
        REFUSE.set(1);
        gateway.lab.anthropic().script().always(SimulatedFault.status(401));

        assertThat(RunningGateway.header(gateway.ask("premium", false), "x-camelback-model"))
                .isEqualTo("gpt");

        posted("key.cooldown");
    }

    @Test
    void a_bad_edit_is_told_and_so_is_its_end() throws Exception {
        Path chain = folder.resolve("routes/chains/strict.camel.yaml");
        String good = Files.readString(chain);
        Files.writeString(chain, good.replace("openai-chat-action/gpt", "openai-chat-action/gpt-99"));

        assertThat(posted("config.rejected").at("/details/problem").asText()).contains("gpt-99");
        assertThat(MetricsTest.value(gateway, "camelback_config_rejected")).isEqualTo(1);
        Files.writeString(chain, good);
        GatewayTestCase.soon("the end").until(() -> gateway.standalone.gateway().problem() == null);
        assertThat(MetricsTest.value(gateway, "camelback_config_rejected")).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @org.junit.jupiter.params.provider.EnumSource
    void each_chat_gets_its_own_form(WebhookFormatProcessor shape) {
        JsonNode event = Json.of(java.util.Map.of(
                "severity", "critical", "type", "key.cooldown", "text", "A <b> & @everyone.", "repeated", 2));
        JsonNode message = shape.of(event);
        String text = switch (shape) {
            case PLAIN -> message.path("text").asText();
            case SLACK -> message.path("text").asText();
            case DISCORD -> message.path("content").asText();
            case TEAMS -> message.at("/attachments/0/content/body/1/text").asText();
        };
        assertThat(text)
                .contains(
                        shape == WebhookFormatProcessor.SLACK ? "A &lt;b&gt; &amp; @everyone." : "A <b> & @everyone.");
        assertThat(message.at("/allowed_mentions/parse").isArray()).isEqualTo(shape == WebhookFormatProcessor.DISCORD);
    }

    @Test
    void every_type_is_in_the_document() throws Exception {
        String document = Files.readString(Path.of("docs/events.md"));
        for (GatewayEvent.Type type : GatewayEvent.Type.values()) {
            assertThat(document)
                    .contains("| `" + type.word() + "` | " + type.severity().word() + " |");
        }
    }
}
