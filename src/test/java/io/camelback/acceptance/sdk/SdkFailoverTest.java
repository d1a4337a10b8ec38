package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.sdk.SdkConversation.Said;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Official clients on the chain balanced: whichever dialect the link that is up speaks, they read its answer. */
class SdkFailoverTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    static Stream<Arguments> states() {
        return Stream.of(SdkClients.values())
                .flatMap(sdk -> Stream.of(false, true)
                        .flatMap(stream -> Stream.concat(
                                Stream.of(
                                        Arguments.of(sdk, stream, BalancedChainLinks.CLAUDE, SimulatedFault.ok()),
                                        Arguments.of(sdk, stream, BalancedChainLinks.GPT, SimulatedFault.silence())),
                                Stream.of(BalancedChainLinks.GPT, BalancedChainLinks.GEMINI)
                                        .flatMap(answering -> Stream.of(
                                                Arguments.of(
                                                        sdk,
                                                        stream,
                                                        answering,
                                                        SimulatedFault.status(429)
                                                                .header("Retry-After", "30")),
                                                Arguments.of(sdk, stream, answering, SimulatedFault.status(500)),
                                                Arguments.of(sdk, stream, answering, SimulatedFault.status(529)),
                                                Arguments.of(
                                                        sdk,
                                                        stream,
                                                        answering,
                                                        SimulatedFault.resetBeforeHeaders()))))));
    }

    @ParameterizedTest(name = "{0}, streaming {1}: {2}, the others {3}")
    @MethodSource("states")
    void reads_an_answer_of_any_dialect_and_goes_on(
            SdkClients sdk, boolean stream, BalancedChainLinks answering, SimulatedFault others) {
        try (SdkConversation talk = sdk.talk(DRILL.gateway())) {
            answering.answers(
                    DRILL,
                    others,
                    SimulatedCompletion.text("Grüezi! 👋🏽 How are you?").tokens(7));
            Said first = talk.say("hi", stream);
            Said second = talk.say("Well, and you?", stream);

            for (Said said : new Said[] {first, second}) {
                assertThat(said.text()).isEqualTo("Grüezi! 👋🏽 How are you?");
                assertThat(said.model()).isEqualTo(answering.model);
                assertThat(said.finish()).isEqualTo(sdk.finish(false));
                assertThat(said.calls()).isEmpty();
                assertThat(said.thinking()).isEmpty();
            }
            assertThat(answering.shown(DRILL).letters()).matches("ua+u");
            assertThat(DRILL.asked(answering.link)).isEqualTo(2);
        }
    }
}
