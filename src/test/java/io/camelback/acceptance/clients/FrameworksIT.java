package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.clients.InstalledClients.Run;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ReceivedConversation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SDKs and frameworks for Python, Node and Java, each in a tool loop of three turns that three providers answer. */
@Tag("clients")
class FrameworksIT {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(10))));

    private static final String ANSWER = "Zürich 22, Bern 21, Chur 19.";

    /**
     * Spring AI's client for Anthropic takes one call of a streamed turn, whoever streams it, and shows thinking as
     * text.
     */
    private static final Set<String> ONE_CALL_A_TURN = Set.of("springAiAnthropic");

    @TempDir
    Path home;

    /** A set of programs, a script of {@code src/test/clients}, and the names of the clients in it. */
    private record Script(String set, String file, String... clients) {
        String command() throws IOException {
            return InstalledClients.command(set, "python/" + set + ".txt", "bin/python");
        }

        @Override
        public String toString() {
            return set + " " + file;
        }
    }

    private static final List<Script> SCRIPTS = List.of(
            new Script("sdks", "sdks.py", "openai_chat", "openai_responses", "anthropic", "google"),
            new Script(
                    "sdks",
                    "frameworks.py",
                    "pydantic_ai_chat",
                    "pydantic_ai_responses",
                    "pydantic_ai_anthropic",
                    "openai_agents_chat",
                    "openai_agents_responses"),
            new Script("langchain", "chains.py", "openai_chat", "openai_responses", "anthropic", "google"),
            new Script(
                    "node",
                    "frameworks.mjs",
                    "vercelChat",
                    "vercelResponses",
                    "vercelCompatible",
                    "vercelAnthropic",
                    "vercelGoogle",
                    "langchainChat",
                    "langchainResponses",
                    "langchainAnthropic",
                    "langchainGoogle"),
            new Script(
                    "java",
                    "clients.Frameworks",
                    "langchain4jOpenAi",
                    "langchain4jAnthropic",
                    "langchain4jGemini",
                    "springAiOpenAi",
                    "springAiAnthropic"));

    static Stream<Arguments> loops() {
        return SCRIPTS.stream()
                .flatMap(script -> Stream.of(script.clients)
                        .flatMap(client -> Stream.of("stream", "plain")
                                .filter(mode -> !ONE_CALL_A_TURN.contains(client) || mode.equals("plain"))
                                .flatMap(mode -> ThreeTurns.ALL.stream()
                                        .map(turns -> Arguments.of(script, client, mode, turns)))));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("loops")
    void a_tool_loop_goes_on_when_its_provider_fails(Script script, String client, String mode, ThreeTurns turns)
            throws Exception {
        List<String> command = command(script, client, mode);
        String[] thinking = ONE_CALL_A_TURN.contains(client) ? new String[0] : new String[] {"One ", "moment."};
        turns.play(
                DRILL,
                List.of(
                        calling("weather", "Zürich")
                                .toolCall("weather", arguments("Bern"))
                                .reasoning(thinking),
                        calling("weather", "Chur").reasoning(thinking),
                        SimulatedCompletion.text(ANSWER).reasoning(thinking)));

        JsonNode told = run(command);

        assertThat(told.path("text").asText()).isEqualTo(ANSWER);
        // Some run both calls of the first turn at the same time.
        assertThat(told.path("called"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("Zürich", "Bern", "Chur");
        assertThat(told.path("models"))
                .extracting(JsonNode::asText)
                .satisfiesAnyOf(
                        models -> assertThat(models).isEmpty(),
                        models -> assertThat(models)
                                .isEqualTo(turns.answering().stream()
                                        .map(link -> link.model)
                                        .toList()));
        ReceivedConversation shown = turns.last().shown(DRILL);
        assertThat(shown.letters().replaceAll("[at]", "")).isEqualTo("uccrrcr");
        assertThat(shown.arguments())
                .extracting(city -> city.path("city").asText())
                .containsExactly("Zürich", "Bern", "Chur");
        assertThat(shown.resultIds()).isEqualTo(shown.callIds());
        assertThat(String.join("|", shown.results())).contains("22 degrees", "21 degrees", "19 degrees");
    }

    static Stream<Arguments> extractions() {
        return Stream.of("openai_tools", "anthropic_tools")
                .flatMap(mode -> ThreeTurns.ALL.stream().map(turns -> Arguments.of(mode, turns)));
    }

    @ParameterizedTest(name = "instructor {0}: {1}")
    @MethodSource("extractions")
    void an_object_is_asked_for_until_it_is_valid(String mode, ThreeTurns turns) throws Exception {
        List<String> command = command(new Script("instructor", "extract.py"), mode, "plain");
        turns.play(
                DRILL, List.of(calling("Weather", "Zürich"), calling("Weather", "Bern"), calling("Weather", "Chur")));

        JsonNode told = run(command);

        assertThat(told.path("text").asText()).isEqualTo("Chur");
        assertThat(told.path("called")).extracting(JsonNode::asText).containsExactly("Zürich", "Bern", "Chur");
    }

    private List<String> command(Script script, String client, String mode) throws IOException {
        List<String> command = new ArrayList<>(
                switch (script.set) {
                    case "node" ->
                        List.of(
                                "node",
                                InstalledClients.nodeScripts(home)
                                        .resolve(script.file)
                                        .toString());
                    case "java" ->
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                InstalledClients.javaClasses(home),
                                script.file);
                    default -> List.of(script.command(), InstalledClients.pythonScript(script.file));
                });
        command.addAll(List.of(client, DRILL.gateway().uri("").toString(), mode));
        return command;
    }

    private JsonNode run(List<String> command) throws Exception {
        Run run = InstalledClients.run(home, home, Map.of(), command);
        assertThat(run.exit()).as(run.text()).isZero();
        return Json.read(run.text()
                .lines()
                .filter(line -> line.startsWith("{\"text\""))
                .findFirst()
                .orElseThrow());
    }

    private static SimulatedCompletion calling(String tool, String city) {
        return SimulatedCompletion.calling(tool, arguments(city));
    }

    private static String arguments(String city) {
        return Json.text(Json.object().put("city", city));
    }
}
