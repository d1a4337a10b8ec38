package io.camelback.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalStyleTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void it_shows_what_is_understood(
            String name, Map<String, String> environment, boolean interactive, String charset, TerminalStyle expected) {
        assertThat(TerminalStyle.of(environment, interactive, charset)).isEqualTo(expected);
    }

    static Stream<Arguments> it_shows_what_is_understood() {
        Map<String, String> xterm = Map.of("TERM", "xterm-256color");
        return Stream.of(
                Arguments.of("a terminal", xterm, true, "UTF-8", new TerminalStyle(true, true)),
                Arguments.of("a pipe", xterm, false, "UTF-8", new TerminalStyle(false, true)),
                Arguments.of("NO_COLOR", Map.of("NO_COLOR", "1"), true, "UTF-8", new TerminalStyle(false, true)),
                Arguments.of("an empty NO_COLOR", Map.of("NO_COLOR", ""), true, "UTF-8", new TerminalStyle(true, true)),
                Arguments.of("a dumb terminal", Map.of("TERM", "dumb"), true, "UTF-8", new TerminalStyle(false, true)),
                Arguments.of("the C locale", xterm, true, "ANSI_X3.4-1968", new TerminalStyle(true, false)));
    }
}
