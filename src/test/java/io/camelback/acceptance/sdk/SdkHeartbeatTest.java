package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.sdk.SdkConversation.Said;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.StreamingEndpoint;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Official clients whose answer is held back: the comments that come meanwhile are nothing to them. */
class SdkHeartbeatTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(20))
                    .replaceAll("(?m)^  balanced: \\{ ", "$0commit: full, ")
                    .replace("heartbeat: 10s", "heartbeat: 60ms"));

    private static final SimulatedCompletion SLOW =
            SimulatedCompletion.text("Grüezi! 👋🏽 How are you?").tokens(7).delay(Duration.ofMillis(60));

    static Stream<Arguments> talks() {
        return Stream.of(SdkClients.values())
                .flatMap(sdk -> Stream.of(BalancedChainLinks.values()).map(answering -> Arguments.of(sdk, answering)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("talks")
    void a_client_reads_the_answer_behind_the_comments(SdkClients sdk, BalancedChainLinks answering) {
        try (SdkConversation talk = sdk.talk(DRILL.gateway())) {
            answering.answers(DRILL, SimulatedFault.cutAfter(3), SLOW);

            Said said = talk.say("hi", true);

            assertThat(said.text()).isEqualTo("Grüezi! 👋🏽 How are you?");
            assertThat(said.model()).isEqualTo(answering.model);
            assertThat(said.finish()).isEqualTo(sdk.finish(false));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void comments_there_are(StreamingEndpoint endpoint) throws Exception {
        BalancedChainLinks.GPT.answers(DRILL, SimulatedFault.cutAfter(3), SLOW);

        String body = endpoint.ask(DRILL, BalancedChainLinks.CHAIN, false).body();

        if (endpoint == StreamingEndpoint.GEMINI || endpoint == StreamingEndpoint.GEMINI_ARRAY) {
            assertThat(body)
                    .as("blank lines, for Google's client takes no comments")
                    .startsWith("\r\n\r\n");
        } else if (endpoint == StreamingEndpoint.MESSAGES) {
            assertThat(body.split("event: ping\ndata: \\{\"type\":\"ping\"}\n\n"))
                    .as("B27 pings, for some of Anthropic's clients take no comments")
                    .hasSizeGreaterThan(2);
        } else {
            assertThat(endpoint.seen(body).comments()).hasSizeGreaterThan(2);
        }
    }
}
