package io.camelback.protocol.openai.chat;

import static io.camelback.testkit.TestProtocol.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.json.JsonPrefix;
import io.camelback.protocol.AnswerCollector;
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
                Arguments.of("no arguments, in two pieces", List.of("{", "}"), "{}"),
                Arguments.of("an empty object, then the real one", List.of("{}", "{\"q\":1}"), "{\"q\":1}"),
                Arguments.of(
                        "an empty object, then the real one in pieces", List.of("{}", "{\"q", "\":1}"), "{\"q\":1}"),
                Arguments.of(
                        "an empty object, then the real one twice",
                        List.of("{}", "{\"q\":1}", "{\"q\":1}"),
                        "{\"q\":1}"),
                Arguments.of(
                        "an empty object, then a growing one",
                        List.of("{}", "{\"q", "{\"q\":1", "{\"q\":1}"),
                        "{\"q\":1}"),
                Arguments.of("an empty object, then no object", List.of("{}", "x"), "{}x"),
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
        String[] chunks = chunks(pieces).toArray(String[]::new);
        StringBuilder claude = new StringBuilder();
        for (JsonNode event :
                WireBody.of(TestProtocol.ANTHROPIC, OPENAI, asked(TestProtocol.ANTHROPIC)).stream(chunks)) {
            claude.append(event.at("/delta/partial_json").asText(""));
        }
        List<JsonNode> responses =
                WireBody.of(TestProtocol.RESPONSES, OPENAI, asked(TestProtocol.RESPONSES)).stream(chunks);

        assertThat(claude.isEmpty() ? "{}" : claude.toString())
                .as("Anthropic's clients read nothing as {}")
                .isEqualTo(expected);
        assertThat(responses
                        .get(responses.size() - 1)
                        .at("/response/output/0/arguments")
                        .asText())
                .isEqualTo(expected);
        if (expected.indexOf("}{") < 0 && !expected.endsWith("x")) {
            List<JsonNode> gemini = WireBody.of(TestProtocol.GEMINI, OPENAI, asked(TestProtocol.GEMINI)).stream(chunks);
            assertThat(Json.text(gemini.stream()
                            .map(event -> event.findValue("args"))
                            .filter(args -> args != null)
                            .findFirst()
                            .orElseThrow()))
                    .isEqualTo(expected);
        }
    }

    private static String asked(TestProtocol endpoint) {
        return switch (endpoint) {
            case ANTHROPIC -> "{'model':'m','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'hi'}]}";
            case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}";
            case RESPONSES -> "{'model':'m','stream':true,'input':'hi'}";
            default -> "{'model':'m','stream':true,'messages':[{'role':'user','content':'hi'}]}";
        };
    }

    @DisplayName("B36 repeated arguments in a stream of its own format")
    @ParameterizedTest(name = "B36 relayed: {0}")
    @MethodSource("pieces")
    void relayed(String name, List<String> pieces, String expected) {
        String body =
                "{'model':'m','stream':true,'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function',"
                        + "'function':{'name':'f'}}]}";
        StringBuilder told = new StringBuilder();
        int finishes = 0;
        for (JsonNode data :
                WireBody.of(OPENAI, OPENAI, body).stream(chunks(pieces).toArray(String[]::new))) {
            told.append(
                    data.at("/choices/0/delta/tool_calls/0/function/arguments").asText(""));
            finishes += data.at("/choices/0/finish_reason").isTextual() ? 1 : 0;
        }
        assertThat(told.toString()).isEqualTo(expected);
        assertThat(finishes).isEqualTo(1);
    }

    @DisplayName("B36 repeated arguments in an answer")
    @ParameterizedTest(name = "B36 not streamed, to a caller of {0}")
    @EnumSource(TestProtocol.class)
    void whole(TestProtocol endpoint) {
        String body = asked(endpoint).replace("'stream':true,", "");
        String answer =
                "{\"id\":\"x\",\"model\":\"g\",\"choices\":[{\"index\":0,\"finish_reason\":\"tool_calls\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{\\\"q\\\":7}{\\\"q\\\":7}\"}}]}}]}";

        String told =
                Json.text(WireBody.of(endpoint, OPENAI, body).answer(answer)).replace("\\", "");

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

    @Test
    @DisplayName("B36 a stream that is collected has the same arguments")
    void collected() {
        for (String piece : List.of("{}", "")) {
            AnswerCollector collector = OPENAI.dialect.collector();
            StreamReader reader = OPENAI.dialect.streamReader();
            for (String chunk : chunks(List.of(piece))) {
                List<StreamEvent> events = reader.read(null, WireBody.json(chunk));
                collector.add(
                        reader.altered()
                                ? new StreamChunk(events, null, null, null)
                                : new StreamChunk(events, "openai", null, chunk));
            }
            collector.add(new StreamChunk(reader.end(), null, null, null));

            assertThat(Json.text(collector.answer(1).original().body())).contains("\"arguments\":\"{}\"");
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
