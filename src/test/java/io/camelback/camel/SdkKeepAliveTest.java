package io.camelback.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.Talk.Said;
import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Official clients whose answer is held back: the comments that come meanwhile are nothing to them. */
class SdkKeepAliveTest {
    @RegisterExtension
    static final Drill DRILL = Drill.edited(config -> Drill.patient(Drill.withoutRetries(config), Duration.ofSeconds(20))
            .replaceAll("(?m)^  balanced: \\{ ", "$0commit: full, ").replace("heartbeat: 10s", "heartbeat: 60ms"));

    private static final Completion SLOW = Completion.text("Grüezi! 👋🏽 How are you?").tokens(7).delay(Duration.ofMillis(60));

    static Stream<Arguments> talks() {
        return Stream.of(Sdk.values()).flatMap(sdk -> Stream.of(Answering.values()).map(answering -> Arguments.of(sdk, answering)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("talks")
    void a_client_reads_the_answer_behind_the_comments(Sdk sdk, Answering answering) {
        try (Talk talk = sdk.talk(DRILL.gateway())) {
            answering.answers(DRILL, Fault.cutAfter(3), SLOW);

            Said said = talk.say("hi", true);

            assertThat(said.text()).isEqualTo("Grüezi! 👋🏽 How are you?");
            assertThat(said.model()).isEqualTo(answering.model);
            assertThat(said.finish()).isEqualTo(sdk.finish(false));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void comments_there_are(StreamDoor door) throws Exception {
        Answering.GPT.answers(DRILL, Fault.cutAfter(3), SLOW);

        String body = door.ask(DRILL, Answering.CHAIN, false).body();

        if (door == StreamDoor.GEMINI || door == StreamDoor.GEMINI_ARRAY) {
            assertThat(body).as("blank lines, for Google's client takes no comments").startsWith("\r\n\r\n");
        } else {
            assertThat(door.seen(body).comments()).hasSizeGreaterThan(2);
        }
    }
}
