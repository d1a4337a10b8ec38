package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.sdk.SdkConversation.Call;
import io.camelback.acceptance.sdk.SdkConversation.Said;
import io.camelback.acceptance.sdk.SdkConversation.Wish;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ReceivedConversation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent's loop of three turns with the official clients, in which each turn may be answered by another provider. */
class SdkToolLoopTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String ZURICH = "{\"city\":\"Zürich\"}";
    private static final String BERN = "{\"city\":\"Bern\"}";
    private static final String CHUR = "{\"city\":\"Chur\"}";

    static Stream<Arguments> loops() {
        return Stream.of(SdkClients.values())
                .flatMap(sdk -> Stream.of(false, true)
                        .flatMap(stream -> Stream.of(
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.status(500),
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.CLAUDE),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.status(500),
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.GPT),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.status(500),
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.GEMINI),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.status(529),
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.GEMINI),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.status(429),
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.GPT),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.resetBeforeHeaders(),
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.GEMINI),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.errorEventFirst(),
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.CLAUDE),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.closeBeforeHeaders(),
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.CLAUDE,
                                        BalancedChainLinks.GPT),
                                loop(
                                        sdk,
                                        stream,
                                        SimulatedFault.emptyCompletion(),
                                        BalancedChainLinks.GEMINI,
                                        BalancedChainLinks.GPT,
                                        BalancedChainLinks.CLAUDE))));
    }

    private static Arguments loop(
            SdkClients sdk, boolean stream, SimulatedFault fault, BalancedChainLinks... answering) {
        return Arguments.of(sdk, stream, fault, List.of(answering));
    }

    @ParameterizedTest(name = "{0}, streaming {1}, {2}: {3}")
    @MethodSource("loops")
    void two_tool_turns_and_an_answer(
            SdkClients sdk, boolean stream, SimulatedFault fault, List<BalancedChainLinks> answering) throws Exception {
        try (SdkConversation talk = sdk.talk(DRILL.gateway(), Wish.TOOL)) {
            answering
                    .get(0)
                    .answers(
                            DRILL,
                            fault,
                            SimulatedCompletion.calling(SdkClients.TOOL, ZURICH).toolCall(SdkClients.TOOL, BERN));
            Said first = talk.say("How warm is it in Zürich, Bern and Chur?", stream);
            assertCalls(sdk, first, answering.get(0), ZURICH, BERN);
            assertThat(answering.get(0).shown(DRILL).letters()).isEqualTo("u");

            answering.get(1).answers(DRILL, fault, SimulatedCompletion.calling(SdkClients.TOOL, CHUR));
            Said second = talk.results(first.calls(), List.of("{\"degrees\":22}", "{\"degrees\":21}"), stream);
            assertCalls(sdk, second, answering.get(1), CHUR);
            assertShown(answering.get(1), "uccrr", List.of(ZURICH, BERN), List.of("22", "21"));

            answering.get(2).answers(DRILL, fault, SimulatedCompletion.text("22, 21 and 19 degrees."));
            Said third = talk.results(second.calls(), List.of("{\"degrees\":19}"), stream);
            assertThat(third.text()).isEqualTo("22, 21 and 19 degrees.");
            assertThat(third.calls()).isEmpty();
            assertThat(third.finish()).isEqualTo(sdk.finish(false));
            assertThat(third.model()).isEqualTo(answering.get(2).model);
            assertShown(answering.get(2), "uccrrcr", List.of(ZURICH, BERN, CHUR), List.of("22", "21", "19"));
        }
    }

    private static void assertCalls(SdkClients sdk, Said said, BalancedChainLinks by, String... arguments)
            throws Exception {
        assertThat(said.model()).isEqualTo(by.model);
        assertThat(said.finish()).isEqualTo(sdk.finish(true));
        assertThat(said.text()).isEmpty();
        assertThat(said.calls()).hasSameSizeAs(arguments).extracting(Call::name).containsOnly(SdkClients.TOOL);
        for (int i = 0; i < arguments.length; i++) {
            assertThat(Json.read(said.calls().get(i).arguments())).isEqualTo(Json.read(arguments[i]));
        }
        if (sdk != SdkClients.GOOGLE || by != BalancedChainLinks.GEMINI) {
            assertThat(said.calls())
                    .extracting(Call::id)
                    .as("ids")
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
        }
    }

    /** The provider sees every call with its arguments and, joined to it, its result. */
    private static void assertShown(BalancedChainLinks by, String letters, List<String> arguments, List<String> results)
            throws Exception {
        ReceivedConversation shown = by.shown(DRILL);
        assertThat(shown.letters()).isEqualTo(letters);
        for (int i = 0; i < arguments.size(); i++) {
            assertThat(shown.arguments().get(i)).isEqualTo(Json.read(arguments.get(i)));
            assertThat(shown.results().get(i)).contains(results.get(i));
        }
        assertThat(shown.resultIds()).isEqualTo(shown.callIds()).doesNotContain("");
        if (by != BalancedChainLinks.GEMINI) {
            assertThat(shown.callIds()).doesNotHaveDuplicates();
        }
    }
}
