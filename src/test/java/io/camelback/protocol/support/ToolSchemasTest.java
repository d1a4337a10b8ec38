package io.camelback.protocol.support;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.testkit.TestProtocol;
import io.camelback.testkit.WireBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tool schemas that one maker takes and another refuses with the whole request, from each endpoint to each provider.
 */
class ToolSchemasTest {
    private static final String OBJECT = "'type':'object'";

    /** A request with one tool of this schema, as callers of a format write it. */
    static String body(TestProtocol endpoint, String schema) {
        return switch (endpoint) {
            case OPENAI ->
                "{'model':'m','messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':"
                        + "{'name':'f','parameters':" + schema + "}}]}";
            case ANTHROPIC ->
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'f',"
                        + "'input_schema':" + schema + "}]}";
            case GEMINI ->
                "{'contents':[{'role':'user','parts':[{'text':'hi'}]}],'tools':[{'functionDeclarations':[{'name':'f',"
                        + "'parametersJsonSchema':" + schema + "}]}]}";
            case RESPONSES ->
                "{'model':'m','input':'hi','tools':[{'type':'function','name':'f','parameters':" + schema + "}]}";
        };
    }

    static JsonNode schema(TestProtocol target, ObjectNode sent) {
        return switch (target) {
            case OPENAI -> sent.at("/tools/0/function/parameters");
            case ANTHROPIC -> sent.at("/tools/0/input_schema");
            case GEMINI -> sent.at("/tools/0/functionDeclarations/0/parametersJsonSchema");
            case RESPONSES -> sent.at("/tools/0/parameters");
        };
    }

    static JsonNode sent(TestProtocol endpoint, TestProtocol target, String schema) {
        return schema(
                target, WireBody.of(endpoint, target, body(endpoint, schema)).sent());
    }

    static Stream<Arguments> strict() {
        return Stream.of(TestProtocol.values())
                .flatMap(endpoint ->
                        Stream.of(OPENAI, ANTHROPIC, RESPONSES).map(target -> Arguments.of(endpoint, target)));
    }

    @DisplayName("B30 one object at the root")
    @ParameterizedTest(name = "B30 from {0} to {1}: one object at the root, what is lost is told")
    @MethodSource("strict")
    void plain_root(TestProtocol endpoint, TestProtocol target) {
        JsonNode either = sent(
                endpoint,
                target,
                "{" + OBJECT + ",'anyOf':[{'properties':{'content':{'type':'string'}},'required':['content']},"
                        + "{'properties':{'source_url':{'type':'string'}},'required':['source_url']}]}");
        assertThat(either.path("type").asText()).isEqualTo("object");
        assertThat(either.path("properties").has("content")).isTrue();
        assertThat(either.path("properties").has("source_url")).isTrue();
        assertThat(either.has("required")).isFalse();
        assertThat(either.path("description").asText()).contains("anyOf").contains("source_url");

        JsonNode untyped = sent(
                endpoint,
                target,
                "{'oneOf':[{" + OBJECT
                        + ",'properties':{'a':{'type':'string'},'n':{'type':'string'}},'required':['a','n']}," + "{"
                        + OBJECT
                        + ",'properties':{'b':{'type':'integer'},'n':{'type':'string'}},'required':['b','n']}]}");
        assertThat(untyped.path("properties").size()).isEqualTo(3);
        assertThat(untyped.path("required"))
                .isEqualTo(WireBody.json("{'r':['n']}").get("r"));

        JsonNode all = sent(
                endpoint,
                target,
                "{'allOf':[{'$ref':'#/$defs/B'},{'properties':{'x':{'anyOf':[{'type':'string'},{'type':'null'}]}},"
                        + "'required':['x']}],'not':{'required':['z']},'$defs':{'B':{" + OBJECT
                        + ",'properties':{'y':{'type':'string'}},'required':['y']}}}");
        assertThat(all.path("required").toString()).contains("x", "y");
        assertThat(all.at("/properties/x/anyOf")).hasSize(2);
        for (JsonNode root : List.of(either, untyped, all)) {
            for (String word : List.of("anyOf", "oneOf", "allOf", "not")) {
                assertThat(root.has(word)).as(word).isFalse();
            }
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("B30 references that fan out or lead back, and very many branches, are read in one go")
    void fan_out() {
        String back = "{'$ref':'#'},".repeat(50);
        JsonNode circle = sent(
                OPENAI,
                ANTHROPIC,
                "{'properties':{'a':{'type':'string'}},'required':['a'],'anyOf':[" + back + "{'required':['a']}]}");
        assertThat(circle.at("/properties/a/type").asText()).isEqualTo("string");
        assertThat(circle.path("required").toString()).isEqualTo("[\"a\"]");

        StringBuilder ways = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            ways.append("{'properties':{'a':{'const':").append(i).append("}}},");
        }
        JsonNode many = sent(OPENAI, ANTHROPIC, "{'anyOf':[" + ways + "{'properties':{'b':{}}}]}");
        assertThat(many.at("/properties/a/anyOf")).hasSizeGreaterThan(100);

        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            String next = "{'$ref':'#/$defs/S" + (i + 1) + "'}";
            steps.append("'S")
                    .append(i)
                    .append("':{'anyOf':[")
                    .append(next)
                    .append(',')
                    .append(next)
                    .append("]},");
        }
        JsonNode doubled = sent(
                OPENAI,
                ANTHROPIC,
                "{'$ref':'#/$defs/S0','$defs':{" + steps + "'S60':{'type':'object','properties':{'z':{}}}}}");
        assertThat(doubled.path("type").asText()).isEqualTo("object");
    }

    @DisplayName("B34 what is no JSON Schema is said as one, or left out")
    @ParameterizedTest(name = "B34 {0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','required':true,'properties':{'a':{'type':'string','required':true}}} | {'type':'object','required':['a'],'properties':{'a':{'type':'string'}}}",
                "{'type':'object','properties':{'l':{'type':'array','items':{'type':'dict','required':true}}}} | {'type':'object','properties':{'l':{'type':'array','items':{'type':'object'}}}}",
                "{'type':'object','properties':{'a':{'description':null,'enum':null,'default':null,'const':null}}} | {'type':'object','properties':{'a':{'default':null,'const':null}}}",
                "{'type':'object','properties':{'a':{'type':[]},'b':{'type':null},'c':{'type':['str','string']}}} | {'type':'object','properties':{'a':{},'b':{},'c':{'type':['string']}}}",
                "{'type':'object','properties':{'a':{'anyOf':[]}},'required':['a','a',1]} | {'type':'object','properties':{'a':{}},'required':['a']}",
                "{'type':'object','properties':{'t':{'type':'array','items':[{'type':'str'}]}}} | {'type':'object','properties':{'t':{'type':'array','prefixItems':[{'type':'string'}]}}}",
                "{'type':'object','properties':null} | {'type':'object'}",
                "{'type':'object','properties':{'required':{'type':'boolean','default':true}}} | {'type':'object','properties':{'required':{'type':'boolean','default':true}}}"
            })
    void modern(String schema, String expected) {
        assertThat(sent(OPENAI, ANTHROPIC, schema)).isEqualTo(WireBody.json(expected));
    }

    @Test
    @DisplayName("B30 to Gemini branches that say nothing are told in words")
    void gemini_root() {
        JsonNode sent = sent(
                OPENAI,
                GEMINI,
                "{" + OBJECT + ",'properties':{'route':{'type':'string'},'file':{'type':'string'}},"
                        + "'anyOf':[{'required':['route']},{'required':['file']}]}");

        assertThat(sent.has("anyOf")).isFalse();
        assertThat(sent.path("description").asText()).contains("required");
    }

    private static final String ODD = "{" + OBJECT + ",'properties':{'$top':{'type':'integer'},'a b':{'type':'string'},"
            + "'" + "k".repeat(70) + "':{'type':'string'},'tags[]':{'type':'array','items':{" + OBJECT
            + ",'properties':{'@id':{'type':'string'}}}},'plain':{'type':'string'}},'required':['$top']}";

    @DisplayName("B31 names of arguments")
    @ParameterizedTest(name = "B31 from {0} to Claude: harmless names, and the caller''s own in the answer")
    @EnumSource(TestProtocol.class)
    void argument_names(TestProtocol endpoint) {
        WireBody wire = WireBody.of(endpoint, ANTHROPIC, body(endpoint, ODD));
        JsonNode schema = schema(ANTHROPIC, wire.sent());

        assertThat(schema.path("properties").fieldNames())
                .toIterable()
                .hasSize(5)
                .allMatch(name -> name.matches("[a-zA-Z0-9_.-]{1,64}"));
        assertThat(schema.at("/required/0").asText()).isEqualTo("_top");
        assertThat(schema.findValue("items").path("properties").has("_id")).isTrue();

        String answer = "{'id':'m','type':'message','role':'assistant','model':'c','stop_reason':'tool_use','content':["
                + "{'type':'tool_use','id':'t1','name':'f','input':{'_top':5,'tags__':[{'_id':'x'}]}}],'usage':"
                + "{'input_tokens':1,'output_tokens':1}}";
        assertThat(Json.text(wire.answer(answer)).replace("\\", ""))
                .contains("\"$top\":5")
                .contains("\"tags[]\":[{\"@id\":\"x\"}]");
    }

    @Test
    @DisplayName("B31 calls of the history have the same names, and two names never become one")
    void argument_names_in_history() {
        String tools = "'tools':[{'name':'f','input_schema':{" + OBJECT
                + ",'properties':{'a b':{'type':'string'},'a_b':{'type':'string'},'a/b':{'type':'string'}}}}]";
        ObjectNode sent = WireBody.of(
                        ANTHROPIC,
                        ANTHROPIC,
                        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
                                + "'content':[{'type':'tool_use','id':'t','name':'f','input':{'a b':1,'a_b':2,'a/b':3}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r'}]}],"
                                + tools + "}")
                .sent();

        List<String> names = new ArrayList<>();
        sent.at("/tools/0/input_schema/properties").fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(3).doesNotHaveDuplicates();
        List<String> called = new ArrayList<>();
        sent.at("/messages/1/content/0/input").fieldNames().forEachRemaining(called::add);
        assertThat(called).isEqualTo(names);
    }

    @DisplayName("B32 an object without properties")
    @ParameterizedTest(name = "B32 from {0} to OpenAI at {1}: properties, and an empty schema is an object")
    @MethodSource("openai")
    void properties(TestProtocol endpoint, TestProtocol target) {
        JsonNode expected = WireBody.json("{'type':'object','properties':{}}");

        assertThat(sent(endpoint, target, "{" + OBJECT + "}")).isEqualTo(expected);
        assertThat(sent(endpoint, target, "{}")).isEqualTo(expected);
    }

    static Stream<Arguments> openai() {
        return strict().filter(pair -> pair.get()[1] != ANTHROPIC);
    }

    @DisplayName("B33 an array says what it holds")
    @ParameterizedTest(name = "B33 from {0} to OpenAI at {1}: items wherever they are missing")
    @MethodSource("openai")
    void items(TestProtocol endpoint, TestProtocol target) {
        JsonNode sent = sent(
                endpoint,
                target,
                "{" + OBJECT + ",'properties':{'tags':{'type':'array','description':'d'},'o':{" + OBJECT
                        + ",'properties':{'l':{'type':['array','null']}}},'a':{'anyOf':[{'type':'array'},{'type':'null'}]},"
                        + "'m':{'type':'array','items':{'type':'array'}},'kept':{'type':'array','items':{'type':'string'}}}}");

        for (String at : List.of(
                "/properties/tags/items",
                "/properties/o/properties/l/items",
                "/properties/a/anyOf/0/items",
                "/properties/m/items/items")) {
            assertThat(sent.at(at)).as(at).isEqualTo(Json.object());
        }
        assertThat(sent.at("/properties/kept/items/type").asText()).isEqualTo("string");
        assertThat(sent.at("/properties/tags/description").asText()).isEqualTo("d");
    }

    @DisplayName("B34 types and bounds that are none")
    @ParameterizedTest(name = "B34 to {0} what is no JSON Schema is said in it; in the same format it stays")
    @EnumSource(
            value = TestProtocol.class,
            names = {"ANTHROPIC", "RESPONSES", "GEMINI"})
    void foreign(TestProtocol target) {
        String schema = "{" + OBJECT + ",'properties':{'v':{'type':'any'},'n':{'type':'number','minimum':0,"
                + "'exclusiveMinimum':true},'x':{'type':'None'},'y':{'type':'string','required':true},"
                + "'i':{'type':'int'},'d':{'type':'dict'}}}";

        JsonNode sent = sent(OPENAI, target, schema);

        assertThat(sent.at("/properties/v").has("type")).isFalse();
        assertThat(sent.at("/properties/x").has("type")).isFalse();
        assertThat(sent.at("/properties/i/type").asText()).isEqualTo("integer");
        assertThat(sent.at("/properties/d/type").asText()).isEqualTo("object");
        assertThat(sent.at("/required/0").asText()).isEqualTo("y");
        if (target != GEMINI) {
            assertThat(sent.at("/properties/n/exclusiveMinimum").asInt(-1)).isZero();
        }
        assertThat(sent(OPENAI, OPENAI, schema)).isEqualTo(WireBody.json(schema));
    }

    @Test
    @DisplayName("B30 a schema that needs nothing is the very same node")
    void untouched() {
        ObjectNode schema = WireBody.json("{" + OBJECT + ",'properties':{'a':{'type':'array','items':{}}}}");

        assertThat(ToolSchemaAdapter.fit(schema, Set.of(ToolSchemaAdapter.Rule.values())))
                .isSameAs(schema);
    }
}
