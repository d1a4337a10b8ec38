package io.camelback.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.RequestRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogEncoderTest {
    private static final String FORGED =
            "x\n2026-11-20T10:00:00Z INFO forged \u001b[31m\r\u0085\u2028{\"level\":\"INFO\"}";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.camelback.requests");
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

    @BeforeEach
    void listen() {
        seen.start();
        logger.addAppender(seen);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(seen);
    }

    private static String encoded(String format, ILoggingEvent event) throws Exception {
        Matcher pattern = Pattern.compile("<pattern>(.*)</pattern>")
                .matcher(Files.readString(Path.of("src/main/resources/camelback-logback.xml")));
        assertThat(pattern.find()).isTrue();
        LogEncoder encoder = new LogEncoder();
        encoder.setContext(new LoggerContext());
        encoder.setFormat(format);
        encoder.setPattern(pattern.group(1));
        encoder.start();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private static RequestRecord failedOver(String id) {
        AttemptResult failed = AttemptResult.failed(
                "claude-opus",
                ProviderException.of(FailureKind.OVERLOAD, "529 overloaded_error"),
                Duration.ofMillis(12));
        AttemptResult answered = AttemptResult.answered("gpt", Duration.ofMillis(300))
                .metering(new AttemptMetering(
                        Duration.ofMillis(13), Duration.ofMillis(80), new Usage(10, 0, 0, 5, 0), false, 70L));
        return new RequestRecord(
                id,
                "openai",
                "sk-model-secret",
                "premium",
                "gpt",
                200,
                true,
                Duration.ofMillis(313),
                new BigDecimal("3.5"),
                "not a word",
                null,
                List.of(failed, answered),
                null);
    }

    @Test
    void a_request_is_one_json_line_with_its_turns_in_order() throws Exception {
        new RequestLog().done(failedOver("req_1"));

        String text = encoded("json", seen.list.get(0));
        JsonNode line = Json.read(text);

        assertThat(text).endsWith("}\n").containsOnlyOnce("\n").doesNotContain("secret", "not a word");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("io.camelback.requests");
        JsonNode request = line.path("request");
        assertThat(request.path("id").asText()).isEqualTo("req_1");
        assertThat(request.path("took_ms").asLong()).isEqualTo(313);
        assertThat(request.path("micro_dollars").asLong()).isEqualTo(70);
        assertThat(request.path("attempts").findValuesAsText("deployment")).containsExactly("claude-opus", "gpt");
        assertThat(request.path("attempts").findValuesAsText("reason")).containsExactly("overload", "ok");
        assertThat(request.at("/attempts/1/first_token_ms").asLong()).isEqualTo(80);
    }

    @Test
    void on_a_terminal_it_is_one_line_of_words() throws Exception {
        new RequestLog().done(failedOver("req_1"));

        assertThat(encoded("text", seen.list.get(0)))
                .containsOnlyOnce("\n")
                .contains("req_1 premium -> 200 gpt 313ms [claude-opus 529 overloaded_error 12ms; gpt ok 300ms]");
    }

    @Test
    void a_refused_request_has_its_id() throws Exception {
        new RequestLog().refused("req_2", GatewayError.of(404, "model_not_found", "There is no such model."));

        assertThat(Json.read(encoded("json", seen.list.get(0)))
                        .path("request_id")
                        .asText())
                .isEqualTo("req_2");
    }

    @Test
    void H19_no_value_makes_a_line_of_its_own() throws Exception {
        logger.warn("{}", FORGED);

        for (String format : new String[] {"json", "text"}) {
            String line = encoded(format, seen.list.get(0));
            assertThat(line.lines().count()).as(format).isEqualTo(1);
            assertThat(line.stripTrailing()).doesNotContain("\n", "\r", "\u001b");
        }
        assertThat(encoded("text", seen.list.get(0)).stripTrailing()).doesNotContain("\u0085", "\u2028");
        assertThat(Json.read(encoded("json", seen.list.get(0))).path("message").asText())
                .isEqualTo(FORGED);
    }

    @Test
    void what_was_thrown_stays_on_the_line() throws Exception {
        logger.setLevel(Level.ERROR);
        logger.error("Request {} failed inside the gateway", "req_3", new IllegalStateException("a\nb"));
        logger.setLevel(null);

        String line = encoded("json", seen.list.get(0));
        assertThat(line).containsOnlyOnce("\n");
        assertThat(Json.read(line).path("thrown").asText()).contains("IllegalStateException", "LogEncoderTest");
    }
}
