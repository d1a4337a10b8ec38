package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.AnthropicClientFixtures;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a caller's own body for a target of the same dialect that refuses something in it. */
class AnthropicPassThroughAdapterTest {
    private static final String OWN = "{'type':'thinking','thinking':'a','signature':'EqQB'}";
    private static final String FOREIGN = "{'type':'thinking','thinking':'b','signature':'cb1:gemini:Q2c'}";
    private static final String FOREIGN_REDACTED = "{'type':'redacted_thinking','data':'cb1:openai-responses:Z0E'}";
    private static final String CALL = "{'type':'tool_use','id':'t','name':'f','input':{'x':1.0}}";
    private static final String RESULT =
            "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r'}]}";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "TEMPERATURE|'temperature':0.5,'top_p':1|'top_p':1",
                "TOP_P|'temperature':0.5,'top_p':1|'temperature':0.5",
                "TOP_K|'top_k':5,'x':1|'x':1",
                "STOP|'stop_sequences':['E'],'x':1|'x':1",
                "FORCED_TOOL_CHOICE|'tools':[{'name':'f'}],'tool_choice':{'type':'any','disable_parallel_tool_use':true}|"
                        + "'tools':[{'name':'f'}],'tool_choice':{'type':'auto','disable_parallel_tool_use':true}",
                "FORCED_TOOL_CHOICE|'tools':[{'name':'f'}],'tool_choice':{'type':'tool','name':'f'}|'tools':[{'name':'f'}],'tool_choice':{'type':'auto'}",
                "FORCED_TOOL_CHOICE|'tools':[{'name':'f'}],'tool_choice':{'type':'none'}|'tools':[{'name':'f'}],'tool_choice':{'type':'none'}",
                "PARALLEL_TOOL_CALLS|'tools':[{'name':'f'}],'tool_choice':{'type':'auto','disable_parallel_tool_use':true}|'tools':[{'name':'f'}],'tool_choice':{'type':'auto'}",
                "STRICT_TOOLS|'tools':[{'name':'f','strict':true},{'name':'g'}]|'tools':[{'name':'f'},{'name':'g'}]",
                "EFFORT|'max_tokens':40000,'thinking':{'type':'adaptive'},'output_config':{'effort':'high'},'temperature':1,'x':1|"
                        + "'max_tokens':40000,'thinking':{'type':'enabled','budget_tokens':16384},'x':1",
                "EFFORT|'max_tokens':9000,'thinking':{'type':'adaptive','display':'omitted'}|"
                        + "'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':4500}",
                "EFFORT|'max_tokens':1500,'thinking':{'type':'between_tools'},'output_config':{'effort':'low','task_budget':9}|"
                        + "'max_tokens':1500,'thinking':{'type':'enabled','budget_tokens':1024},'output_config':{'task_budget':9}",
                "EFFORT|'max_tokens':1024,'thinking':{'type':'adaptive'},'top_p':0.5|'max_tokens':1024,'top_p':0.5",
                "EFFORT|'max_tokens':9000,'tools':[{'name':'f'}],'tool_choice':{'type':'any'},'thinking':{'type':'adaptive'}|"
                        + "'max_tokens':9000,'tools':[{'name':'f'}],'tool_choice':{'type':'any'}",
                "EFFORT|'max_tokens':9000,'thinking':{'type':'adaptive'},'messages':[{'role':'assistant','content':'Once'}]|"
                        + "'max_tokens':9000,'messages':[{'role':'assistant','content':'Once'}]",
                "EFFORT,THINKING_BUDGET|'thinking':{'type':'adaptive'},'output_config':{'effort':'high'},'x':1|'x':1",
                "EFFORT|'output_config':{'effort':'high','task_budget':9}|'output_config':{'task_budget':9}",
                "EFFORT|'thinking':{'type':'enabled','budget_tokens':1024}|'thinking':{'type':'enabled','budget_tokens':1024}",
                "EFFORT,THINKING_BUDGET|'thinking':{'type':'adaptive'},'context_management':{'edits':[{'type':'clear_thinking_20251015'},"
                        + "{'type':'clear_tool_uses_20250919'}]}|'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]}",
                "EFFORT,THINKING_BUDGET|'thinking':{'type':'adaptive'},'context_management':{'edits':["
                        + "{'type':'clear_thinking_20251015'}]},'x':1|'x':1",
                "THINKING_BUDGET|'thinking':{'type':'enabled','budget_tokens':2048,'display':'omitted'}|"
                        + "'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'low'}",
                "THINKING_BUDGET|'thinking':{'type':'enabled','budget_tokens':12000},'output_config':{'task_budget':9}|"
                        + "'thinking':{'type':'adaptive'},'output_config':{'task_budget':9,'effort':'medium'}",
                "THINKING_BUDGET|'thinking':{'type':'enabled','budget_tokens':32000}|"
                        + "'thinking':{'type':'adaptive'},'output_config':{'effort':'high'}",
                "THINKING_BUDGET|'thinking':{'type':'enabled','budget_tokens':1024},'output_config':{'effort':'max'}|"
                        + "'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}",
                "THINKING_BUDGET|'thinking':{'type':'disabled'}|'thinking':{'type':'disabled'}",
                "THINKING_OFF|'thinking':{'type':'disabled'}|'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}",
                "THINKING_OFF|'thinking':{'type':'adaptive'}|'thinking':{'type':'adaptive'}",
                "JSON_SCHEMA|'system':'Be brief.','output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}|"
                        + "'system':[{'type':'text','text':'Be brief.'},{'type':'text','text':'Answer with one JSON object and nothing else."
                        + " It must be valid against this JSON Schema:\\n{\\'type\\':\\'object\\'}'}]",
                "LATE_SYSTEM|'messages':[{'role':'user','content':'a'},{'role':'system','content':'b'},"
                        + "{'role':'system','content':[{'type':'text','text':'c','cache_control':{'type':'ephemeral'}}]}]|"
                        + "'messages':[{'role':'user','content':'a'},{'role':'user','content':'<system-reminder>b</system-reminder>'},"
                        + "{'role':'user','content':[{'type':'text','text':'<system-reminder>c</system-reminder>',"
                        + "'cache_control':{'type':'ephemeral'}}]}]"
            })
    void refused_fields_are_left_out_or_said_another_way(String refused, String sent, String expected) {
        UnsupportedParameter[] refusals =
                Stream.of(refused.split(",")).map(UnsupportedParameter::valueOf).toArray(UnsupportedParameter[]::new);
        ObjectNode body = body(sent);
        ObjectNode before = body.deepCopy();

        assertThat(passed(body, target("anthropic", refusals))).isEqualTo(json(expected));
        assertThat(body).as("the original").isEqualTo(before);
        assertThat(passed(body, target("anthropic"))).as("not refused").isEqualTo(json(sent));
    }

    @Test
    void citations_that_were_made_here_never_reach_anthropic() {
        String made = "{'type':'web_search_result_location','url':'https://a.example','title':null,'cited_text':'',"
                + "'encrypted_index':'cb1:'}";
        String own = made.replace("cb1:", "Eo8B");
        String sent = "'messages':[{'role':'user','content':'q'},"
                + turn("{'type':'text','text':'a','citations':[" + made + "]},"
                        + "{'type':'text','text':'b','citations':[" + made + "," + own + "]}")
                + ",{'role':'user','content':'q'}]";

        assertThat(passed(body(sent), target("anthropic")))
                .isEqualTo(json("'messages':[{'role':'user','content':'q'},"
                        + turn("{'type':'text','text':'a'},{'type':'text','text':'b','citations':[" + own + "]}")
                        + ",{'role':'user','content':'q'}]"));
    }

    @Test
    void trap_03_a_begun_answer_is_followed_by_a_request_to_go_on_where_prefill_is_refused() {
        String prefill = "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'{'}]";

        assertThat(passed(body(prefill), target("anthropic", UnsupportedParameter.PREFILL)))
                .isEqualTo(json(prefill.replace("'{'}]", "'{'},{'role':'user','content':'Continue.'}]")));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'user_id':'u','task_type':'chat','camelback_x':1}|anthropic|,'metadata':{'user_id':'u'}",
                "{'user_id':'u','y':1}|anthropic|,'metadata':{'user_id':'u','y':1}",
                "{'affected_files':3}|anthropic|^^",
                "{}|anthropic|,'metadata':{}",
                "{'user_id':'u'}|minimax|^^"
            })
    void hints_for_our_own_routing_go_no_further(String metadata, String provider, String expected) {
        assertThat(passed(body("'x':1,'metadata':" + metadata), target(provider)))
                .isEqualTo(json("'x':1" + expected));
    }

    @ParameterizedTest(name = "{0} of {1} at most {2}")
    @CsvSource({"10000,20000,4096,2048", "2000,20000,4096,2000", "1500,3000,1100,1024"})
    void trap_15_a_budget_stays_below_a_limit_that_was_lowered(int budget, int asked, int most, int sent) {
        ObjectNode body = object("{\"max_tokens\":" + asked + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":"
                + budget + ",\"display\":\"omitted\"}}");

        assertThat(Json.text(write(body, new ProviderModel("m", most, Set.of(), "anthropic"))))
                .isEqualTo("{\"max_tokens\":" + most + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + sent
                        + ",\"display\":\"omitted\"},\"model\":\"m\"}");
    }

    @Test
    void trap_15_a_limit_too_low_for_any_budget_turns_thinking_off() {
        ObjectNode body = object("{\"max_tokens\":5000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}");

        assertThat(write(body, new ProviderModel("m", 1024, Set.of(), "anthropic"))
                        .has("thinking"))
                .isFalse();
    }

    @Test
    void trap_12_only_foreign_thinking_is_removed_and_anthropics_own_stays() {
        String history = "'thinking':{'type':'adaptive'},'messages':[{'role':'user','content':'q'},%s,"
                + "{'role':'user','content':'q'},%s,{'role':'user','content':'q'}]";
        String own = turn(OWN + ",{'type':'text','text':'x','citations':null}");
        String sent = history.formatted(own, turn(FOREIGN + "," + FOREIGN_REDACTED + "," + CALL));

        assertThat(passed(body(sent), target("anthropic"))).isEqualTo(json(history.formatted(own, turn(CALL))));
    }

    @Test
    void trap_02_a_turn_that_was_nothing_but_foreign_thinking_goes_as_a_whole() {
        String sent = "'messages':[{'role':'user','content':'q'}," + turn(FOREIGN) + ",{'role':'user','content':'q'}]";

        assertThat(passed(body(sent), target("anthropic")))
                .isEqualTo(json("'messages':[{'role':'user','content':'q'},{'role':'user','content':'q'}]"));
    }

    @Test
    void trap_10_a_budget_is_off_while_the_open_step_is_another_providers() {
        String history = "'messages':[{'role':'user','content':'q'},%s," + RESULT + ",%s," + RESULT + "]";
        String sent = "'thinking':{'type':'enabled','budget_tokens':2000},"
                + history.formatted(turn(OWN + "," + CALL), turn(FOREIGN + "," + CALL));

        assertThat(passed(body(sent), target("anthropic"))).isEqualTo(json(history.formatted(turn(CALL), turn(CALL))));
    }

    @Test
    void trap_10_a_budget_stays_on_in_anthropics_own_step_and_after_the_loop() {
        String budget = "'thinking':{'type':'enabled','budget_tokens':2000},'messages':[{'role':'user','content':'q'},";
        String own = budget + turn(OWN + "," + CALL) + "," + RESULT + ",{'role':'system','content':'s'}]";
        String over = budget + turn(CALL) + "," + RESULT + "," + turn("{'type':'text','text':'x'}")
                + ",{'role':'user','content':'q'}]";

        assertThat(passed(body(own), target("anthropic"))).isEqualTo(json(own));
        assertThat(passed(body(over), target("anthropic"))).isEqualTo(json(over));
    }

    @Test
    void trap_11_adaptive_thinking_stays_on_in_another_providers_step() {
        String sent = "'thinking':{'type':'adaptive'},'messages':[{'role':'user','content':'q'},"
                + turn(FOREIGN + "," + CALL) + "," + RESULT + "]";

        assertThat(passed(body(sent), target("anthropic"))).isEqualTo(json(sent.replace(FOREIGN + ",", "")));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "TOOLS|anthropic|'tools':[{'name':'f'}]",
                "TOOLS|anthropic|'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]",
                "IMAGES|anthropic|'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url'}}]}]",
                "IMAGES|anthropic|'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'image'}]}]}]",
                "SEED|minimax|'messages':[{'role':'user','content':[{'type':'document','source':{'type':'file'}}]}]"
            })
    void what_the_answer_depends_on_is_asked_of_another_target(
            UnsupportedParameter refusal, String provider, String sent) {
        assertThatThrownBy(() -> passed(body(sent), target(provider, refusal)))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(passed(body(sent), target("anthropic"))).isEqualTo(json(sent));
    }

    private static String turn(String blocks) {
        return "{'role':'assistant','content':[" + blocks + "]}";
    }

    private static ObjectNode body(String fields) {
        return object(json(fields));
    }

    /** The fields as they are sent: with quotes, and the model in its place. */
    private static String json(String fields) {
        String most = fields.startsWith("'max_tokens'") ? "" : "'max_tokens':9,";
        return ("{'model':'m'," + most + fields + "}").replace("\\'", "\\\"").replace('\'', '"');
    }

    private static ProviderModel target(String provider, UnsupportedParameter... refuses) {
        return new ProviderModel("m", 0, Arrays.stream(refuses).collect(Collectors.toSet()), provider);
    }

    private static String passed(ObjectNode body, ProviderModel target) {
        return Json.text(write(body, target));
    }

    private static ObjectNode write(ObjectNode body, ProviderModel target) {
        return AnthropicClientFixtures.DIALECT.writeRequest(
                ChatRequest.builder("auto")
                        .message(Message.user("q"))
                        .original(new ChatRequest.Original("anthropic", body))
                        .build(),
                target,
                false);
    }
}
