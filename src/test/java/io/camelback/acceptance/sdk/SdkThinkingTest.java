package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.sdk.SdkConversation.Said;
import io.camelback.acceptance.sdk.SdkConversation.Wish;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ReceivedConversation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thinking on, in a tool loop whose second turn another provider may answer: callers see the reasoning and send it back
 * unread; each provider gets its own signatures back, and never one of another's.
 */
class SdkThinkingTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String CLAUDES = "c2ltdWxhdGVkLXNpZ25hdHVyZQ==";
    private static final String GEMINIS = "c2ltdWxhdGVkLXRob3VnaHQ=";
    private static final String PLACE = "{\"city\":\"Zürich\"}";

    static Stream<Arguments> loops() {
        return Stream.of(SdkClients.values())
                .flatMap(sdk -> Stream.of(false, true)
                        .flatMap(stream -> Stream.of(BalancedChainLinks.values())
                                .flatMap(first -> Stream.of(BalancedChainLinks.values())
                                        .map(second -> Arguments.of(sdk, stream, List.of(first, second, first))))));
    }

    @ParameterizedTest(name = "{0}, streaming {1}: {2}")
    @MethodSource("loops")
    void thinking_goes_back_to_whom_it_belongs(SdkClients sdk, boolean stream, List<BalancedChainLinks> answering)
            throws Exception {
        try (SdkConversation talk = sdk.talk(DRILL.gateway(), Wish.TOOL, Wish.THINKING)) {
            SimulatedCompletion calling = SimulatedCompletion.calling(SdkClients.TOOL, PLACE);
            answering.get(0).answers(DRILL, SimulatedFault.status(529), calling.reasoning("First, ", "look."));
            Said first = talk.say("How warm is it in Zürich?", stream);
            assertThought(sdk, first, "First, look.");
            assertThinks(answering.get(0));

            answering.get(1).answers(DRILL, SimulatedFault.status(529), calling.reasoning("Once ", "more."));
            Said second = talk.results(first.calls(), List.of("It is 22."), stream);
            assertThought(sdk, second, "Once more.");
            assertThinks(answering.get(1));
            assertOwnSignatures(answering.get(1));

            answering
                    .get(2)
                    .answers(
                            DRILL,
                            SimulatedFault.status(529),
                            SimulatedCompletion.text("22 degrees.").reasoning("Now ", "tell."));
            Said third = talk.results(second.calls(), List.of("It is 22."), stream);
            assertThought(sdk, third, "Now tell.");
            assertThat(third.text()).isEqualTo("22 degrees.");
            assertThinks(answering.get(2));
            assertOwnSignatures(answering.get(2));
            if (sdk != SdkClients.OPENAI_CHAT || answering.get(0) == BalancedChainLinks.GEMINI) {
                assertGivenBack(answering, answering.get(2).shown(DRILL));
            }
        }
    }

    /** OpenAI's Chat Completions has no field for the reasoning that its client would show. */
    private static void assertThought(SdkClients sdk, Said said, String thinking) {
        assertThat(said.thinking()).isEqualTo(sdk == SdkClients.OPENAI_CHAT ? "" : thinking);
    }

    /** The provider was asked to think, in its own words. */
    private static void assertThinks(BalancedChainLinks by) {
        JsonNode body = by.asked(DRILL).json();
        JsonNode wish = switch (by) {
            case CLAUDE -> body.path("thinking");
            case GPT -> body.path("reasoning_effort");
            case GEMINI -> body.at("/generationConfig/thinkingConfig");
        };
        assertThat(wish.isMissingNode()).as(Json.text(body)).isFalse();
    }

    private static void assertOwnSignatures(BalancedChainLinks by) {
        Set<String> own = switch (by) {
            case CLAUDE -> Set.of(CLAUDES);
            case GPT -> Set.of();
            case GEMINI -> Set.of(GEMINIS, "skip_thought_signature_validator");
        };
        String body = Json.text(by.asked(DRILL).json());
        assertThat(own).containsAll(by.shown(DRILL).signatures());
        assertThat(body).doesNotContain("cb1:", "reasoning_content");
        assertThat(Stream.of(CLAUDES, GEMINIS).filter(body::contains)).as(body).allMatch(own::contains);
    }

    /** What the first link signed comes back to it as it was: once for each of its turns. */
    private static void assertGivenBack(List<BalancedChainLinks> answering, ReceivedConversation shown) {
        boolean both = answering.get(0) == answering.get(1);
        switch (answering.get(0)) {
            case CLAUDE -> {
                assertThat(shown.letters()).isEqualTo(both ? "utcrtcr" : "utcrcr");
                assertThat(shown.thinking()).startsWith("First, look.");
                assertThat(shown.signatures()).hasSize(both ? 2 : 1).containsOnly(CLAUDES);
            }
            case GEMINI ->
                assertThat(shown.signatures()).filteredOn(GEMINIS::equals).hasSize(both ? 2 : 1);
            case GPT -> assertThat(shown.letters()).isEqualTo("ucrcr");
        }
    }
}
