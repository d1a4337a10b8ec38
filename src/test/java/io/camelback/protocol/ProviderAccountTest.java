package io.camelback.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What one account signed reaches that account again, and no other of the same dialect (trap 12). */
class ProviderAccountTest {
    private static final String SECRET = "c2lnbmVk";

    static Stream<Arguments> said() {
        return Stream.of(
                Arguments.of(
                        TestProtocol.ANTHROPIC,
                        "an answer",
                        "{'content':[{'type':'thinking','thinking':'hm','signature':'c2lnbmVk'},{'type':'text','text':'a'}]}"),
                Arguments.of(
                        TestProtocol.ANTHROPIC,
                        "a redacted block",
                        "{'content':[{'type':'redacted_thinking','data':'c2lnbmVk'}]}"),
                Arguments.of(
                        TestProtocol.ANTHROPIC,
                        "a delta",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'c2lnbmVk'}}"),
                Arguments.of(
                        TestProtocol.ANTHROPIC,
                        "a block's start",
                        "{'type':'content_block_start','index':0,"
                                + "'content_block':{'type':'redacted_thinking','data':'c2lnbmVk'}}"),
                Arguments.of(
                        TestProtocol.GEMINI,
                        "a call",
                        "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'},"
                                + "'thoughtSignature':'c2lnbmVk'}]}}]}"),
                Arguments.of(
                        TestProtocol.RESPONSES,
                        "an answer",
                        "{'output':[{'type':'reasoning','id':'rs_1','encrypted_content':'c2lnbmVk'}]}"),
                Arguments.of(
                        TestProtocol.RESPONSES,
                        "an item",
                        "{'type':'response.output_item.done','item':{'type':'reasoning','encrypted_content':'c2lnbmVk'}}"),
                Arguments.of(
                        TestProtocol.RESPONSES,
                        "the last event",
                        "{'type':'response.completed','response':{'output':["
                                + "{'type':'reasoning','encrypted_content':'c2lnbmVk'}]}}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("said")
    void trap_12_the_house_account_writes_plainly_and_others_are_marked(TestProtocol tongue, String what, String json) {
        ObjectNode body = ProtocolCorpus.object(json.replace('\'', '"'));

        assertThat(house(tongue).received(body)).isSameAs(body);
        assertThat(Json.text(other(tongue).received(body)))
                .doesNotContain(SECRET)
                .hasSizeGreaterThan(json.length());
        assertThat(Json.text(body)).as("the original is untouched").contains(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OPENAI", mode = Mode.EXCLUDE)
    void trap_12_every_account_gets_its_own_signature_back_and_no_other(TestProtocol tongue) {
        ChatRequest plain = request(tongue, SECRET);
        ChatRequest marked = request(tongue, marked());

        assertThat(house(tongue).sent(plain)).isSameAs(plain);
        assertThat(written(tongue, house(tongue), plain)).contains(SECRET);
        assertThat(written(tongue, other(tongue), marked)).contains(SECRET);
        assertThat(written(tongue, other(tongue), plain)).doesNotContain(SECRET);
        assertThat(written(tongue, house(tongue), marked)).doesNotContain(SECRET, marked());
        assertThat(written(tongue, new ProviderAccount(tongue.dialect, "third"), marked))
                .doesNotContain(SECRET, marked());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OPENAI", mode = Mode.EXCLUDE)
    void without_any_nothing_is_left_whoever_wrote_it(TestProtocol tongue) {
        assertThat(written(tongue, house(tongue).withoutAny(), request(tongue, SECRET)))
                .doesNotContain(SECRET);
        assertThat(written(tongue, other(tongue).withoutAny(), request(tongue, marked())))
                .doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OPENAI", mode = Mode.EXCLUDE)
    void the_request_itself_is_never_changed(TestProtocol tongue) {
        ChatRequest request = request(tongue, SECRET);
        String before = Json.text(request.original().body());

        other(tongue).sent(request);

        assertThat(Json.text(request.original().body())).isEqualTo(before);
    }

    @Test
    void a_mark_that_a_client_wrote_in_the_other_alphabet_is_read_all_the_same() {
        String marked = new AccountTag("eu", "\u00bf\u00ff\u00fe~~?>")
                .text()
                .replace('+', '-')
                .replace('/', '_');

        assertThat(AccountTag.read(marked, "home")).isEqualTo(new AccountTag("eu", "\u00bf\u00ff\u00fe~~?>"));
        assertThat(AccountTag.read(marked.substring(0, 17), "home").account()).isEqualTo("?");
        assertThat(AccountTag.read("other", "home")).isEqualTo(new AccountTag("home", "other"));
    }

    /** In a request that came in another dialect the neutral form alone carries it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OPENAI", mode = Mode.EXCLUDE)
    void trap_12_holds_for_requests_of_other_dialects_too(TestProtocol tongue) {
        ChatRequest plain = request(tongue, SECRET).withoutOriginal();
        ChatRequest marked = request(tongue, marked()).withoutOriginal();

        assertThat(written(tongue, house(tongue), plain)).contains(SECRET);
        assertThat(written(tongue, other(tongue), marked)).contains(SECRET);
        assertThat(written(tongue, other(tongue), plain)).doesNotContain(SECRET);
        assertThat(written(tongue, house(tongue), marked)).doesNotContain(SECRET, marked());
    }

    @Test
    void compatible_servers_keep_the_signatures_of_calls_that_bear_no_mark() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.assistant(
                        new Part.ToolCall("c1", "f", "{}", SECRET), new Part.ToolCall("c2", "f", "{}", marked())))
                .build();

        assertThat(new ProviderAccount(TestProtocol.OPENAI.dialect, "compat")
                        .sent(request)
                        .messages()
                        .get(0)
                        .parts())
                .extracting(part -> ((Part.ToolCall) part).signature())
                .containsExactly(SECRET, null);
    }

    private static ProviderAccount house(TestProtocol tongue) {
        return new ProviderAccount(tongue.dialect, tongue.target.provider());
    }

    private static ProviderAccount other(TestProtocol tongue) {
        return new ProviderAccount(tongue.dialect, "eu");
    }

    private static String marked() {
        return new AccountTag("eu", SECRET).text();
    }

    private static String written(TestProtocol tongue, ProviderAccount account, ChatRequest request) {
        ProviderModel target = new ProviderModel(tongue.target.model(), 0, Set.of(), "any");
        return Json.text(tongue.dialect.writeRequest(account.sent(request), target, false));
    }

    private static ChatRequest request(TestProtocol tongue, String signature) {
        String json = switch (tongue) {
            case ANTHROPIC ->
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
                        + "'content':[{'type':'thinking','thinking':'hm','signature':'%s'},{'type':'text','text':'yes'}]},"
                        + "{'role':'user','content':'go on'}]}";
            case GEMINI ->
                "{'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':[{'functionCall':"
                        + "{'id':'c1','name':'f','args':{}},'thoughtSignature':'%s'}]},{'role':'user','parts':[{'functionResponse':"
                        + "{'id':'c1','name':'f','response':{'output':'ok'}}}]}]}";
            case RESPONSES ->
                "{'model':'m','store':false,'input':[{'role':'user','content':'hi'},{'type':'reasoning','id':'rs_1',"
                        + "'summary':[],'encrypted_content':'%s'},{'type':'message','role':'assistant','content':[{'type':"
                        + "'output_text','text':'yes'}]},{'role':'user','content':'go on'}]}";
            case OPENAI -> throw new IllegalArgumentException("has none");
        };
        return tongue.read(ProtocolCorpus.object(json.replace('\'', '"').formatted(signature)));
    }
}
