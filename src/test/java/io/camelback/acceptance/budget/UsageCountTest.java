package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptMetering;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However often a provider says what it used, it is counted once; what it never says is an estimate, and called one.
 */
class UsageCountTest {
    @RegisterExtension
    private static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> PROVIDER.insteadOf("deepseek", config));

    static Stream<Arguments> streams() {
        String words = ScriptedBytesProvider.event("one ")
                + ScriptedBytesProvider.event("two ")
                + ScriptedBytesProvider.event("three");
        String done = "data: [DONE]\n\n";
        String counted = ScriptedBytesProvider.event("one ")
                + ScriptedBytesProvider.usage(11, 1)
                + ScriptedBytesProvider.event("two ")
                + ScriptedBytesProvider.usage(11, 2)
                + ScriptedBytesProvider.event("three")
                + ScriptedBytesProvider.usage(11, 3);
        String inChunks = words.replace(
                "\"finish_reason\":null}]}",
                "\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}}");
        return Stream.of(
                Arguments.of(
                        "after every word, adding up", counted + ScriptedBytesProvider.finish() + done, 11, 3, false),
                Arguments.of("in every chunk", inChunks + ScriptedBytesProvider.finish() + done, 11, 3, false),
                Arguments.of(
                        "last, as OpenAI does",
                        words + ScriptedBytesProvider.finish() + ScriptedBytesProvider.usage(11, 3) + done,
                        11,
                        3,
                        false),
                Arguments.of(
                        "last and twice",
                        words
                                + ScriptedBytesProvider.finish()
                                + ScriptedBytesProvider.usage(11, 3)
                                + ScriptedBytesProvider.usage(11, 3)
                                + done,
                        11,
                        3,
                        false),
                Arguments.of(
                        "last, without [DONE]",
                        words + ScriptedBytesProvider.finish() + ScriptedBytesProvider.usage(11, 3),
                        11,
                        3,
                        false),
                Arguments.of("never", words + ScriptedBytesProvider.finish() + done, 5, 3, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void E09_usage_is_counted_once(String what, String sse, int input, int output, boolean estimated) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            DRILL.forgetRecords();
            PROVIDER.plays(talk -> talk.write(ScriptedBytesProvider.SSE_HEAD + sse));

            assertThat(RunningGateway.text(DRILL.ask("economy", stream))).isEqualTo("one two three");

            GatewayTestCase.soon("the record").until(() -> DRILL.records().size() == 1);
            AttemptMetering used =
                    DRILL.records().get(0).answering().orElseThrow().metering();
            assertThat(used.usage().input()).isEqualTo(input);
            assertThat(used.usage().output()).isEqualTo(output);
            assertThat(used.estimated()).isEqualTo(estimated);
        }
    }
}
