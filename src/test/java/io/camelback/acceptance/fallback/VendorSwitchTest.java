package io.camelback.acceptance.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.fallback.HistoryClient.Call;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.validation.ChatRequestValidator;
import io.camelback.testkit.validation.Findings;
import io.camelback.testkit.validation.GeminiRequestValidator;
import io.camelback.testkit.validation.MessagesRequestValidator;
import io.camelback.testkit.validation.ResponsesRequestValidator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A conversation with tools, pictures and thinking that another vendor goes on with at every turn. Each is given all
 * that was said and shown, as its own strict API takes it, and nothing that only another vendor can read.
 */
class VendorSwitchTest {
    private static final int TURNS = 12;

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> config.replaceFirst(
            "(model: llama-3.3-70b-versatile\\R.*\\R *)capabilities: \\[tools]", "$1capabilities: [tools, vision]"));

    /** Who answers, and how it checks what it is sent. */
    enum Vendor {
        OPENAI("gpt", "/chat/completions"),
        ANTHROPIC("claude-sonnet", "/messages"),
        GEMINI("gemini-flash", "Content"),
        GROQ("groq-llama", "/groq/v1/chat/completions"),
        RESPONSES("gpt-responses", "/responses"),
        CLAUDE_OLD("claude-haiku", "/messages"),
        MISTRAL("mistral-small", "/mistral/v1/chat/completions");

        private final String deployment;
        private final String path;

        Vendor(String deployment, String path) {
            this.deployment = deployment;
            this.path = path;
        }

        private Findings check(JsonNode body) {
            var deployment = DRILL.gateway()
                    .standalone
                    .gateway()
                    .serving()
                    .loaded()
                    .config()
                    .deployments()
                    .get(this.deployment);
            ProviderModel model = new ProviderModel(
                    deployment.model(),
                    deployment.maxOutput(),
                    deployment.unsupported(),
                    deployment.provider().name());
            return switch (this) {
                case OPENAI, GROQ, MISTRAL -> ChatRequestValidator.check(body, model);
                case RESPONSES -> ResponsesRequestValidator.check(body, model);
                case ANTHROPIC, CLAUDE_OLD -> MessagesRequestValidator.check(body, model);
                case GEMINI -> GeminiRequestValidator.check(body);
            };
        }
    }

    static Stream<Arguments> conversations() {
        return Stream.of(TestProtocol.values())
                .flatMap(format -> Stream.of(false, true)
                        .flatMap(stream -> Stream.of(1, 3).map(step -> Arguments.of(format, stream, step))));
    }

    @ParameterizedTest(name = "from {0}, streaming {1}, every vendor by steps of {2}")
    @MethodSource("conversations")
    void every_turn_is_another_vendors(TestProtocol format, boolean stream, int step) throws Exception {
        HistoryClient client = new HistoryClient(DRILL.gateway(), format, stream);
        List<String> said = new ArrayList<>();
        List<Call> calls = List.of();
        for (int turn = 0; turn < TURNS; turn++) {
            Vendor vendor = Vendor.values()[turn * step % Vendor.values().length];
            String picture = picture(turn);
            said.add(picture);
            boolean asks = turn % 2 == 0;
            if (asks) {
                client.user("QUESTION-" + turn, picture);
                said.add("QUESTION-" + turn);
            } else {
                client.results(calls, "RESULT-" + turn, picture);
                said.addAll(List.of("RESULT-" + turn + "-0", "RESULT-" + turn + "-1"));
            }
            SimulatedProvider provider = DRILL.provider(vendor.deployment);
            provider.answer(answer(turn, asks));
            int before = provider.count();

            calls = client.ask(vendor.deployment);

            assertThat(provider.count())
                    .as("requests to %s in turn %d", vendor, turn)
                    .isEqualTo(before + 1);
            RecordedRequest received =
                    provider.received().get(provider.received().size() - 1);
            assertThat(received.path()).contains(vendor.path);
            assertThat(vendor.check(received.json()).all())
                    .as("what %s refuses in turn %d of %s", vendor, turn, received.json())
                    .isEmpty();
            assertTold(received.json(), said, vendor, turn);
            assertThat(calls).hasSize(asks ? 2 : 0);
            if (asks) {
                assertThat(calls).extracting(Call::name).containsExactlyElementsOf(HistoryClient.TOOLS);
                assertThat(calls.get(0).arguments())
                        .isEqualTo(Json.object().put("n", 1000 + turn).put("$top", 3));
                said.add(String.valueOf(1000 + turn));
                said.add(String.valueOf(2000 + turn));
            } else {
                said.add("ANSWER-" + turn);
            }
        }
    }

    private static SimulatedCompletion answer(int turn, boolean calls) {
        SimulatedCompletion answer = calls
                ? SimulatedCompletion.calling(
                                HistoryClient.TOOLS.get(0), "{\"n\":" + (1000 + turn) + ",\"" + "$top\":3}")
                        .toolCall(HistoryClient.TOOLS.get(1), "{\"n\":" + (2000 + turn) + "}")
                : SimulatedCompletion.text("ANSWER-" + turn);
        return answer.reasoning("THOUGHT-" + turn);
    }

    /** A PNG's first bytes, and what tells it from any other. */
    private static String picture(int turn) {
        byte[] name = ("picture of turn " + turn).getBytes(StandardCharsets.UTF_8);
        byte[] png = new byte[8 + name.length];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, png, 0, 8);
        System.arraycopy(name, 0, png, 8, name.length);
        return Base64.getEncoder().encodeToString(png);
    }

    private static void assertTold(JsonNode body, List<String> said, Vendor vendor, int turn) {
        String wire = Json.text(body);
        for (String one : said) {
            assertThat(wire.split(java.util.regex.Pattern.quote(one), -1).length - 1)
                    .as("how often %s is told %s in turn %d: %s", vendor, one, turn, wire)
                    .isEqualTo(1);
        }
        int from = 0;
        for (String one : said.stream()
                .filter(text -> text.matches("(QUESTION|RESULT|ANSWER).*"))
                .toList()) {
            int at = wire.indexOf(one, from);
            assertThat(at).as("%s comes behind what was said before it", one).isPositive();
            from = at;
        }
    }
}
