package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.server.reload.ReloadingGateway;
import io.camelback.testkit.GatewayTestCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad edit is reported and harms nobody: the version before it goes on serving until the file is mended. */
class InvalidReloadTest {
    private static final String PREMIUM = "routes/chains/premium.camel.yaml";
    private static final String EMBEDDINGS = "routes/chains/embeddings.camel.yaml";
    private static final String CONFIG = "config/camelback.yaml";
    private static final String KAMELET = "kamelets/anthropic-chat-action.kamelet.yaml";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private Path edited;
    private String good;

    static Stream<Arguments> bad_edits() {
        return Stream.of(
                edit("YAML that is none", PREMIUM, text -> text.replace("from:", "from: {"), "premium.camel.yaml"),
                edit(
                        "an unknown breaker",
                        PREMIUM,
                        text -> text.replaceFirst("circuitBreaker: gpt ", "circuitBreaker: gpt-7 "),
                        "gpt-7"),
                edit(
                        "an unknown Kamelet",
                        PREMIUM,
                        text -> text.replace("gemini-chat-action", "gemma-chat-action"),
                        "gemma-chat-action"),
                edit(
                        "an unknown deployment",
                        PREMIUM,
                        text -> text.replace("action/gpt\n", "action/gpt-7\n"),
                        "premium asks gpt-7, which config/camelback.yaml does not have"),
                edit(
                        "another provider's Kamelet",
                        PREMIUM,
                        text -> text.replace("openai-chat-action/gpt\n", "gemini-chat-action/gpt\n"),
                        "Write kamelet:openai-chat-action/gpt"),
                edit(
                        "a link to nowhere",
                        PREMIUM,
                        text -> text.replace("direct:balanced", "direct:balance"),
                        "premium goes on to direct:balance, but no route begins there"),
                edit(
                        "two embedding models",
                        EMBEDDINGS,
                        text -> text.replace("embed-small-openrouter", "embed-large"),
                        "embeddings mixes embeddings of text-embedding-3-small (embed-small) and text-embedding-3-large"
                                + " (embed-large), and vectors of different models do not compare"),
                edit(
                        "another embedding model behind a link",
                        EMBEDDINGS,
                        text -> text.replace(
                                "kamelet:openai-embeddings-action/embed-small-openrouter", "direct:embed-gemini"),
                        "embeddings mixes embeddings of text-embedding-3-small (embed-small) and gemini-embedding-001"),
                edit(
                        "a chat behind embeddings",
                        EMBEDDINGS,
                        text -> text.replace(
                                "kamelet:openai-embeddings-action/embed-small-openrouter", "direct:economy"),
                        "embeddings asks both embed-small, which makes embeddings, and deepseek, which chats"),
                edit(
                        "embeddings behind a chat",
                        PREMIUM,
                        text -> text.replace("direct:balanced", "direct:embeddings"),
                        "premium asks both embed-small, which makes embeddings, and claude-opus, which chats"),
                edit(
                        "a fixed text for vectors",
                        EMBEDDINGS,
                        text -> text.replace(
                                "kamelet:openai-embeddings-action/embed-small-openrouter",
                                "kamelet:degraded-answer-action"),
                        "embeddings makes embeddings, of which degraded-answer-action has none to give"),
                edit(
                        "an alias for embeddings",
                        CONFIG,
                        text -> text.replace("gpt-3.5*: economy", "gpt-3.5*: embeddings"),
                        "which makes embeddings. Write the whole name of one model"),
                edit(
                        "an alias for an embedding model",
                        CONFIG,
                        text -> text.replace("gpt-3.5*: economy", "gpt-3.5*: embed-local"),
                        "which makes embeddings. Write the whole name of one model"),
                edit(
                        "an unknown key",
                        CONFIG,
                        text -> text.replace("stop-grace:", "stop-grave:"),
                        "Did you mean stop-grace?"),
                edit(
                        "a Kamelet with an unknown step",
                        KAMELET,
                        text -> text.replace("ref: camelback-admit", "ref: camelback-omit"),
                        "camelback-omit"));
    }

    private static Arguments edit(String what, String file, UnaryOperator<String> change, String told) {
        return Arguments.of(what, file, change, told);
    }

    @AfterEach
    void mend() throws IOException {
        if (!Files.readString(edited).equals(good)) {
            Files.writeString(edited, good);
            GatewayTestCase.soon("the gateway to have seen the edit")
                    .until(() -> gateway().problem() == null);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_edits")
    void a_bad_edit_is_told_and_the_version_before_serves(
            String what, String file, UnaryOperator<String> change, String told) throws Exception {
        edited = DRILL.gateway().home.resolve(file);
        good = Files.readString(edited);
        int version = gateway().version();
        assertThat(change.apply(good)).isNotEqualTo(good);

        Files.writeString(edited, change.apply(good));

        GatewayTestCase.soon("the gateway to have seen the edit")
                .until(() -> gateway().problem() != null);
        assertThat(gateway().problem()).contains(told);
        assertThat(gateway().version()).isEqualTo(version);
        DRILL.awaitLog("The edit was rejected; version " + version + " stays in service", told);
        assertThat(health().path("status").asText()).isEqualTo("UP");
        assertThat(health().path("message").asText().replace("\\/", "/"))
                .contains("An edit was rejected; version " + version + " stays in service", told);
        assertThat(header(DRILL.ask("premium", false), "x-camelback-model")).isEqualTo("claude-opus");

        Files.writeString(edited, good);

        GatewayTestCase.soon("the gateway to have seen the edit")
                .until(() -> gateway().version() == version + 1);
        assertThat(gateway().problem()).isNull();
        assertThat(health().has("message")).isFalse();
        assertThat(header(DRILL.ask("premium", false), "x-camelback-model")).isEqualTo("claude-opus");
    }

    private static ReloadingGateway gateway() {
        return DRILL.gateway().standalone.gateway();
    }

    /** Camel escapes the message twice. */
    private static JsonNode health() throws Exception {
        HttpResponse<String> response = DRILL.gateway().get(DRILL.gateway().management("/observe/health"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode all = Json.read(response.body());
        for (JsonNode check : all.path("checks")) {
            if (check.path("name").asText().equals("bundle")) {
                return check;
            }
        }
        throw new AssertionError("no check of ours in " + all);
    }
}
