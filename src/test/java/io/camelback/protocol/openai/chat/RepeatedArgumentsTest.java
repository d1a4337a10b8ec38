package io.camelback.protocol.openai.chat;

import static io.camelback.testkit.TestProtocol.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.json.JsonPrefix;
import io.camelback.protocol.StreamReader;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tool calls as servers really send them: the caller gets the arguments once, whatever its format. */
class RepeatedArgumentsTest {
    static Stream<Arguments> pieces() {
        return Stream.of(
                Arguments.of(
                        "all so far in each piece", List.of("{\"q", "{\"q\":\"a", "{\"q\":\"a\"}"), "{\"q\":\"a\"}"),
                Arguments.of(
                        "all once more at the end", List.of("{\"q\":", "\"a\"}", "{\"q\":\"a\"}"), "{\"q\":\"a\"}"),
                Arguments.of(
                        "pieces that happen to repeat", List.of("{\"q\":\"", "aa", "aa", "\"}"), "{\"q\":\"aaaa\"}"),
                Arguments.of("the whole twice", List.of("{\"q\":\"a\"}", "{\"q\":\"a\"}"), "{\"q\":\"a\"}"),
                Arguments.of("no arguments at all", List.of("", "{}"), "{}"),
                Arguments.of("no arguments, twice", List.of("{}", "{}"), "{}"),
                Arguments.of("no arguments, then some: nothing is lost", List.of("{}", "{\"q\":1}"), "{}{\"q\":1}"),
                Arguments.of(
                        "all once more, without an end", Collections.nCopies(103, "{\"q\":1}"), "{\"q\":1}".repeat(3)),
                Arguments.of("twice in one piece", List.of("{\"q\":\"a\"}{\"q\":\"a\"}"), "{\"q\":\"a\"}"),
                Arguments.of(
                        "two objects in one piece: neither is lost",
                        List.of("{\"a\":1}{\"b\":2}"),
                        "{\"a\":1}{\"b\":2}"),
                Arguments.of("empty ones beside one, in one piece", List.of(" {} {\"q\":1}{} "), "{\"q\":1}"),
                Arguments.of(
                        "an object that holds its own beginning",
                        List.of("{\"a\":", "{\"a\":", "1}}"),
                        "{\"a\":{\"a\":1}}"),
                Arguments.of("braces in a text", List.of("{\"q\":\"{", "{", "}\"}"), "{\"q\":\"{{}\"}"));
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"x\",\"model\":\"g\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + finish + "}]}";
    }

    private static List<String> chunks(List<String> pieces) {
        List<String> chunks = new ArrayList<>();
        chunks.add(chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}]}",
                "null"));
        pieces.forEach(piece -> chunks.add(chunk(
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + Json.text(Json.of(piece)) + "}}]}",
                "null")));
        chunks.add(chunk("{}", "\"tool_calls\""));
        chunks.add(chunk("{}", "\"tool_calls\""));
        return chunks;
    }

    @DisplayName("B36 repeated arguments in a stream")
    @ParameterizedTest(name = "B36 streamed: {0}")
    @MethodSource("pieces")
    void streamed(String name, List<String> pieces, String expected) {
        StreamReader reader = OPENAI.dialect.streamReader();
        StringBuilder told = new StringBuilder();
        for (String chunk : chunks(pieces)) {
            for (StreamEvent event : reader.read(null, WireBody.json(chunk))) {
                if (event instanceof StreamEvent.ToolCallDelta delta) {
                    told.append(delta.arguments());
                }
            }
        }
        assertThat(told.toString()).isEqualTo(expected);
    }

    @DisplayName("B36 repeated arguments in a stream of its own format")
    @ParameterizedTest(name = "B36 relayed: {0}")
    @MethodSource("pieces")
    void relayed(String name, List<String> pieces, String expected) {
        String body =
                "{'model':'m','stream':true,'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function',"
                        + "'function':{'name':'f'}}]}";
        StringBuilder told = new StringBuilder();
        for (JsonNode data :
                WireBody.of(OPENAI, OPENAI, body).stream(chunks(pieces).toArray(String[]::new))) {
            told.append(
                    data.at("/choices/0/delta/tool_calls/0/function/arguments").asText(""));
        }
        assertThat(told.toString()).isEqualTo(expected);
    }

    @DisplayName("B36 repeated arguments in an answer")
    @ParameterizedTest(name = "B36 not streamed, to a caller of {0}")
    @EnumSource(TestProtocol.class)
    void whole(TestProtocol door) {
        String body = switch (door) {
            case ANTHROPIC -> "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}]}";
            case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}";
            case RESPONSES -> "{'model':'m','input':'hi'}";
            default -> "{'model':'m','messages':[{'role':'user','content':'hi'}]}";
        };
        String answer =
                "{\"id\":\"x\",\"model\":\"g\",\"choices\":[{\"index\":0,\"finish_reason\":\"tool_calls\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{\\\"q\\\":7}{\\\"q\\\":7}\"}}]}}]}";

        String told = Json.text(WireBody.of(door, OPENAI, body).answer(answer)).replace("\\", "");

        assertThat(told).contains("{\"q\":7}").doesNotContain("}{", "_raw");
    }

    @Test
    @Timeout(20)
    @DisplayName("B36 arguments of very many objects, and very many calls, are read in one go")
    void many() {
        assertThat(ToolArguments.mended("{}".repeat(500_000))).isEqualTo("{}");

        ToolCallTracker calls = new ToolCallTracker();
        for (int i = 0; i < 50_000; i++) {
            calls.nextChunk();
            JsonNode call =
                    WireBody.json("{'index':" + i + ",'id':'c" + i + "','function':{'name':'f','arguments':'{}'}}");
            assertThat(calls.advance(call, "x").call().number()).isEqualTo(i);
        }
    }

    @DisplayName("B36 what can still become JSON")
    @ParameterizedTest(name = "B36 {0} can become JSON: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | true",
                "{\"a\":[1,2 | true",
                "{\"a\":\"\\u00 | true",
                "[] | true",
                "{\"a\":1}} | false",
                "{{ | false",
                "{\"a\"\"b\" | false",
                "{\"a\":1,} | false",
                "] | false",
                "{\"a\":tru | true",
                "{\"a\" 1 | false"
            })
    void prefixes(String text, boolean possible) {
        assertThat(JsonPrefix.canBecomeJson(text)).isEqualTo(possible);
    }
}
