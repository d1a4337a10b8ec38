package io.camelback.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.Talk.Call;
import io.camelback.camel.Talk.Said;
import io.camelback.camel.Talk.Wish;
import io.camelback.dialect.Json;
import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent's loop of three turns with the official clients, in which each turn may be answered by another provider. */
class SdkToolLoopTest {
    @RegisterExtension
    static final Drill DRILL = Drill.shipped();

    private static final String ZURICH = "{\"city\":\"Zürich\"}";
    private static final String BERN = "{\"city\":\"Bern\"}";
    private static final String CHUR = "{\"city\":\"Chur\"}";

    static Stream<Arguments> loops() {
        return Stream.of(Sdk.values()).flatMap(sdk -> Stream.of(false, true).flatMap(stream -> Stream.of(
                loop(sdk, stream, Fault.status(500), Answering.CLAUDE, Answering.CLAUDE, Answering.CLAUDE),
                loop(sdk, stream, Fault.status(500), Answering.GPT, Answering.GPT, Answering.GPT),
                loop(sdk, stream, Fault.status(500), Answering.GEMINI, Answering.GEMINI, Answering.GEMINI),
                loop(sdk, stream, Fault.status(529), Answering.CLAUDE, Answering.GPT, Answering.GEMINI),
                loop(sdk, stream, Fault.status(429), Answering.CLAUDE, Answering.GEMINI, Answering.GPT),
                loop(sdk, stream, Fault.resetBeforeHeaders(), Answering.GPT, Answering.CLAUDE, Answering.GEMINI),
                loop(sdk, stream, Fault.errorEventFirst(), Answering.GPT, Answering.GEMINI, Answering.CLAUDE),
                loop(sdk, stream, Fault.closeBeforeHeaders(), Answering.GEMINI, Answering.CLAUDE, Answering.GPT),
                loop(sdk, stream, Fault.emptyCompletion(), Answering.GEMINI, Answering.GPT, Answering.CLAUDE))));
    }

    private static Arguments loop(Sdk sdk, boolean stream, Fault fault, Answering... answering) {
        return Arguments.of(sdk, stream, fault, List.of(answering));
    }

    @ParameterizedTest(name = "{0}, streaming {1}, {2}: {3}")
    @MethodSource("loops")
    void two_tool_turns_and_an_answer(Sdk sdk, boolean stream, Fault fault, List<Answering> answering) throws Exception {
        try (Talk talk = sdk.talk(DRILL.gateway(), Wish.TOOL)) {
            answering.get(0).answers(DRILL, fault, Completion.calling(Sdk.TOOL, ZURICH).toolCall(Sdk.TOOL, BERN));
            Said first = talk.say("How warm is it in Zürich, Bern and Chur?", stream);
            assertCalls(sdk, first, answering.get(0), ZURICH, BERN);
            assertThat(answering.get(0).shown(DRILL).letters()).isEqualTo("u");

            answering.get(1).answers(DRILL, fault, Completion.calling(Sdk.TOOL, CHUR));
            Said second = talk.results(first.calls(), List.of("{\"degrees\":22}", "{\"degrees\":21}"), stream);
            assertCalls(sdk, second, answering.get(1), CHUR);
            assertShown(answering.get(1), "uccrr", List.of(ZURICH, BERN), List.of("22", "21"));

            answering.get(2).answers(DRILL, fault, Completion.text("22, 21 and 19 degrees."));
            Said third = talk.results(second.calls(), List.of("{\"degrees\":19}"), stream);
            assertThat(third.text()).isEqualTo("22, 21 and 19 degrees.");
            assertThat(third.calls()).isEmpty();
            assertThat(third.finish()).isEqualTo(sdk.finish(false));
            assertThat(third.model()).isEqualTo(answering.get(2).model);
            assertShown(answering.get(2), "uccrrcr", List.of(ZURICH, BERN, CHUR), List.of("22", "21", "19"));
        }
    }

    private static void assertCalls(Sdk sdk, Said said, Answering by, String... arguments) throws Exception {
        assertThat(said.model()).isEqualTo(by.model);
        assertThat(said.finish()).isEqualTo(sdk.finish(true));
        assertThat(said.text()).isEmpty();
        assertThat(said.calls()).hasSameSizeAs(arguments).extracting(Call::name).containsOnly(Sdk.TOOL);
        for (int i = 0; i < arguments.length; i++) {
            assertThat(Json.read(said.calls().get(i).arguments())).isEqualTo(Json.read(arguments[i]));
        }
        if (sdk != Sdk.GOOGLE || by != Answering.GEMINI) {
            assertThat(said.calls()).extracting(Call::id).as("ids").doesNotHaveDuplicates().doesNotContain("");
        }
    }

    /** The provider sees every call with its arguments and, joined to it, its result. */
    private static void assertShown(Answering by, String letters, List<String> arguments, List<String> results) throws Exception {
        Shown shown = by.shown(DRILL);
        assertThat(shown.letters()).isEqualTo(letters);
        for (int i = 0; i < arguments.size(); i++) {
            assertThat(shown.arguments().get(i)).isEqualTo(Json.read(arguments.get(i)));
            assertThat(shown.results().get(i)).contains(results.get(i));
        }
        assertThat(shown.resultIds()).isEqualTo(shown.callIds()).doesNotContain("");
        if (by != Answering.GEMINI) {
            assertThat(shown.callIds()).doesNotHaveDuplicates();
        }
    }
}
