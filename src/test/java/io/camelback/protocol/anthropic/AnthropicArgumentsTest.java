package io.camelback.protocol.anthropic;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicArgumentsTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "an object, order and numbers kept",
                        "{\"b\":1.10,\"a\":9007199254740993}",
                        "{\"b\":1.10,\"a\":9007199254740993}"),
                Arguments.of("missing", null, "{}"),
                Arguments.of("empty", "", "{}"),
                Arguments.of("blank", " \n", "{}"),
                Arguments.of("null", "null", "{}"),
                Arguments.of("encoded twice", "\"{\\\"a\\\":1}\"", "{\"a\":1}"),
                Arguments.of("encoded twice and empty", "\"\"", "{}"),
                Arguments.of("encoded twice and broken", "\"{a\"", "{\"_raw\":\"\\\"{a\\\"\"}"),
                Arguments.of("two objects fused", "{}{}", "{\"_raw\":\"{}{}\"}"),
                Arguments.of("a list", "[1]", "{\"_raw\":\"[1]\"}"),
                Arguments.of("a number", "7", "{\"_raw\":\"7\"}"),
                Arguments.of("cut off", "{\"a\":", "{\"_raw\":\"{\\\"a\\\":\"}"),
                Arguments.of("Python's quotes", "{'a': True}", "{\"_raw\":\"{'a': True}\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void argument_text_becomes_an_object(String name, String text, String expected) {
        assertThat(Json.text(AnthropicArguments.object(text))).isEqualTo(expected);
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of(
                        "an object",
                        "{\"input\":{\"b\":1.10,\"a\":9007199254740993}}",
                        "{\"b\":1.10,\"a\":9007199254740993}"),
                Arguments.of("nothing", "{}", "{}"),
                Arguments.of("null", "{\"input\":null}", "{}"),
                Arguments.of("text of an object", "{\"input\":\"{\\\"a\\\":1}\"}", "{\"a\":1}"),
                Arguments.of("empty text", "{\"input\":\"\"}", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void input_becomes_argument_text(String name, String block, String expected) {
        assertThat(AnthropicArguments.text(object(block).get("input"))).isEqualTo(expected);
    }
}
