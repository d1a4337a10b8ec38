package io.camelback.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.Talk.Said;
import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Official clients on the chain balanced: whichever dialect the link that is up speaks, they read its answer. */
class SdkFailoverTest {
    @RegisterExtension
    static final Drill DRILL = Drill.shipped();

    static Stream<Arguments> states() {
        return Stream.of(Sdk.values()).flatMap(sdk -> Stream.of(false, true).flatMap(stream -> Stream.concat(
                Stream.of(Arguments.of(sdk, stream, Answering.CLAUDE, Fault.ok()),
                        Arguments.of(sdk, stream, Answering.GPT, Fault.silence())),
                Stream.of(Answering.GPT, Answering.GEMINI).flatMap(answering -> Stream.of(
                        Arguments.of(sdk, stream, answering, Fault.status(429).header("Retry-After", "30")),
                        Arguments.of(sdk, stream, answering, Fault.status(500)),
                        Arguments.of(sdk, stream, answering, Fault.status(529)),
                        Arguments.of(sdk, stream, answering, Fault.resetBeforeHeaders()))))));
    }

    @ParameterizedTest(name = "{0}, streaming {1}: {2}, the others {3}")
    @MethodSource("states")
    void reads_an_answer_of_any_dialect_and_goes_on(Sdk sdk, boolean stream, Answering answering, Fault others) {
        try (Talk talk = sdk.talk(DRILL.gateway())) {
            answering.answers(DRILL, others, Completion.text("Grüezi! 👋🏽 How are you?").tokens(7));
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
