package io.camelback.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of docs/wire-formats.md, section 9 that lie between a provider's answer and the caller. */
class AnswerTrapsTest {
    private static final String MCP = "files/read.all";
    private static final ChatRequest ASKED =
            ChatRequest.builder("m").tool(new Tool(MCP, null, null, null)).build();
    private static final ToolNames NAMES = ToolNames.of(ASKED, ToolNames.PLAIN);
    private static final String SAFE = NAMES.sent(ASKED).tools().get(0).name();

    /** A call of a tool, as each dialect answers it whole and in a stream. */
    enum From {
        OPENAI(
                new OpenAiChatProviderCodec(),
                "{'id':'c','model':'x','choices':[{'index':0,'message':{'role':'assistant','content':null,'tool_calls':["
                        + "{'id':'a','type':'function','function':{'name':'SAFE','arguments':'{}'}}]},'finish_reason':'tool_calls'}]}",
                "{'id':'c','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','type':'function','function':"
                        + "{'name':'SAFE','arguments':'{}'}}]}}]}"),
        ANTHROPIC(
                new AnthropicProviderCodec(),
                "{'id':'c','type':'message','role':'assistant','model':'x','content':[{'type':'tool_use','id':'a','name':'SAFE',"
                        + "'input':{}}],'stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'SAFE','input':{}}}"),
        GEMINI(
                new GeminiProviderCodec(),
                "{'candidates':[{'content':{'role':'model','parts':[{'functionCall':{'name':'SAFE','args':{}}}]},"
                        + "'finishReason':'STOP'}]}",
                "{'candidates':[{'content':{'role':'model','parts':[{'functionCall':{'name':'SAFE','args':{}}}]}}]}"),
        RESPONSES(
                new OpenAiResponsesProviderCodec(),
                "{'id':'c','object':'response','model':'x','status':'completed','output':[{'type':'function_call','id':'fc_1',"
                        + "'call_id':'a','name':'SAFE','arguments':'{}','status':'completed'}]}",
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'function_call','id':'fc_1','call_id':'a',"
                        + "'name':'SAFE','arguments':''}}");

        final ProviderCodec dialect;
        final String answer;
        final String event;

        From(ProviderCodec codec, String answer, String event) {
            this.dialect = codec;
            this.answer = answer;
            this.event = event;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_20_the_caller_gets_its_own_tool_names_back(From from) {
        ChatAnswer answer = NAMES.received(from.dialect.readAnswer(json(from.answer.replace("SAFE", SAFE))));

        assertThat(answer.choices().get(0).parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.ToolCall.class, call -> assertThat(call.name()).isEqualTo(MCP));
        assertThat(Json.text(new OpenAiChatClientCodec().writeAnswer(answer, ASKED, "r")))
                .contains(MCP)
                .doesNotContain(SAFE);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_20_the_caller_gets_its_own_tool_names_back_in_a_stream(From from) {
        String event = from.event.replace("SAFE", SAFE);
        StreamChunk chunk = NAMES.received(
                new StreamChunk(from.dialect.streamReader().read(null, json(event)), from.dialect.name(), null, event));

        assertThat(chunk.events())
                .filteredOn(StreamEvent.ToolCallStarted.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamEvent.ToolCallStarted.class,
                        call -> assertThat(call.name()).isEqualTo(MCP));
        assertThat(new OpenAiChatClientCodec().streamWriter(ASKED, "r", 1).write(chunk))
                .contains(MCP)
                .doesNotContain(SAFE);
    }

    @Test
    void trap_20_answers_without_changed_names_stay_as_they_came() {
        ChatAnswer answer = From.OPENAI.dialect.readAnswer(json(From.OPENAI.answer.replace("SAFE", "other")));
        StreamChunk chunk = StreamChunk.made(new StreamEvent.ToolCallStarted(0, 0, "a", "other", null));

        assertThat(NAMES.received(answer)).isSameAs(answer);
        assertThat(NAMES.received(chunk)).isSameAs(chunk);
        assertThat(ToolNames.of(
                        ChatRequest.builder("m")
                                .tool(new Tool("plain", null, null, null))
                                .build(),
                        ToolNames.PLAIN))
                .isSameAs(ToolNames.UNCHANGED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void trap_28_the_usage_chunk_is_relayed_only_when_it_was_asked_for(boolean wanted) {
        ChatRequest request =
                ChatRequest.builder("m").stream(true).streamUsage(wanted).build();
        StreamWriter writer = new OpenAiChatClientCodec().streamWriter(request, "r", 1);
        String written = "";
        for (String data : List.of(
                "{'id':'c','model':'x','choices':[{'index':0,'delta':{'content':'Hi'},'finish_reason':'stop'}]}",
                "{'id':'c','model':'x','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':1,'total_tokens':4}}")) {
            String json = data.replace('\'', '"');
            List<StreamEvent> events =
                    new OpenAiChatProviderCodec().streamReader().read(null, json(data));
            written += writer.write(new StreamChunk(events, "openai", null, json));
        }
        written += writer.end();

        assertThat(written.contains("\"prompt_tokens\":3")).isEqualTo(wanted);
        assertThat(written).contains("Hi").endsWith("data: [DONE]\n\n");
    }

    @Test
    void trap_30_answers_that_come_side_by_side_are_told_apart_by_their_index() {
        AnswerCollector collector = new OpenAiChatProviderCodec().collector();
        StreamReader reader = new OpenAiChatProviderCodec().streamReader();
        for (String piece : List.of("0 a", "1 x", "0 b", "1 y")) {
            String data = ("{'id':'c','choices':[{'index':" + piece.charAt(0) + ",'delta':{'content':'"
                            + piece.charAt(2) + "'},'finish_reason':"
                            + ("by".indexOf(piece.charAt(2)) >= 0 ? "'stop'" : "null") + "}]}")
                    .replace('\'', '"');
            collector.add(new StreamChunk(reader.read(null, json(data)), "openai", null, data));
        }

        assertThat(reader.finished()).isTrue();
        assertThat(collector.answer(1).choices())
                .extracting(choice -> Part.text(choice.parts(), ""))
                .containsExactly("ab", "xy");
    }

    static List<String> splits() {
        String all = "\n<think>Is 1 < 2? </thin ...\nYes.</think>\n\nIt <think>is</think>.";
        List<String> splits = new ArrayList<>(List.of(all, String.join("|", all.split(""))));
        for (int i = 1; i < all.length(); i++) {
            splits.add(all.substring(0, i) + "|" + all.substring(i));
        }
        return splits;
    }

    @ParameterizedTest
    @MethodSource("splits")
    void trap_38_thinking_in_the_text_is_taken_out_wherever_its_tags_are_split(String pieces) {
        List<StreamEvent> events = streamed(pieces);

        assertThat(thought(events)).isEqualTo("Is 1 < 2? </thin ...\nYes.");
        assertThat(said(events)).isEqualTo("It <think>is</think>.");
        assertThat(events.get(events.size() - 1)).isInstanceOf(StreamEvent.Finished.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "plain text; ''; plain text",
                "a <think>b</think>; ''; a <think>b</think>",
                "<thi; ''; <thi",
                "<|think; ''; <think",
                "<think>no end; no end; ''",
                "<think>no end</thi; no end</thi; ''",
                "<think></think>at once; ''; at once",
                "<thinking>other; ''; <thinking>other",
                "no opening</think>x; ''; no opening</think>x"
            })
    void trap_38_only_a_tag_that_opens_the_answer_counts(String pieces, String thought, String said) {
        List<StreamEvent> events = streamed(pieces);

        assertThat(thought(events)).isEqualTo(thought);
        assertThat(said(events)).isEqualTo(said);
    }

    @Test
    void trap_38_a_whole_answer_is_split_alike_and_its_text_alone_is_what_other_callers_read() {
        ChatAnswer answer = new OpenAiChatProviderCodec()
                .readAnswer(json("{'id':'c','choices':[{'index':0,'message':{'role':'assistant',"
                        + "'content':'<think>Hm.</think>Yes.'},'finish_reason':'stop'}]}"));

        assertThat(answer.choices().get(0).parts())
                .containsExactly(new Part.Thinking("Hm.", null, null, null), new Part.Text("Yes."));
        JsonNode message = new AnthropicClientCodec().writeAnswer(answer, ASKED, "r");
        assertThat(message.path("content").findValuesAsText("text")).containsExactly("Yes.");
    }

    @Test
    void trap_38_thinking_ends_where_a_tool_call_begins() {
        StreamReader reader = new OpenAiChatProviderCodec().streamReader();
        List<StreamEvent> events = new ArrayList<>(reader.read(null, chunk("<think>Call it</", null)));
        events.addAll(reader.read(null, json(From.OPENAI.event)));

        assertThat(thought(events)).isEqualTo("Call it</");
        assertThat(events).last().isInstanceOf(StreamEvent.ToolCallStarted.class);
    }

    /** @param pieces the deltas, with a bar between them */
    private static List<StreamEvent> streamed(String pieces) {
        StreamReader reader = new OpenAiChatProviderCodec().streamReader();
        List<StreamEvent> events = new ArrayList<>();
        for (String piece : pieces.split("\\|")) {
            events.addAll(reader.read(null, chunk(piece, null)));
        }
        events.addAll(reader.read(null, chunk("", "stop")));
        assertThat(events)
                .filteredOn(StreamEvent.Finished.class::isInstance)
                .containsExactly(new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.STOP, "stop")));
        return events;
    }

    private static ObjectNode chunk(String text, String finish) {
        ObjectNode chunk = Json.object().put("id", "c");
        chunk.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", finish)
                .putObject("delta")
                .put("content", text);
        return chunk;
    }

    private static String thought(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.ThinkingDelta.class::isInstance)
                .map(event -> ((StreamEvent.ThinkingDelta) event).text())
                .collect(Collectors.joining());
    }

    private static String said(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.TextDelta.class::isInstance)
                .map(event -> ((StreamEvent.TextDelta) event).text())
                .collect(Collectors.joining());
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
