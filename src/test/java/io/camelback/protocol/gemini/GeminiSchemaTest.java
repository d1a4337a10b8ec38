package io.camelback.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.testkit.GeminiFixtures;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiSchemaTest {

    static Stream<Arguments> schemas() {
        return Stream.of(
                row(
                        "unknown keywords go",
                        "{'$schema':'x','$comment':'c','strict':true,'type':'string','default':'a',"
                                + "'examples':['a'],'pattern':'a','minLength':1,'not':{},'if':{},'readOnly':true,'title':'T'}",
                        "{'type':'string','title':'T'}"),
                row(
                        "known keywords stay",
                        "{'type':'array','items':{'type':'number','minimum':0,'maximum':1.50},'minItems':1,'maxItems':2}",
                        "{'type':'array','items':{'type':'number','minimum':0,'maximum':1.50},'minItems':1,'maxItems':2}"),
                row(
                        "draft 4 bounds",
                        "{'type':'integer','minimum':0,'exclusiveMinimum':true}",
                        "{'type':'integer','minimum':0}"),
                row("const", "{'const':'a'}", "{'enum':['a'],'type':'string'}"),
                row("const number with type", "{'type':'integer','const':3}", "{'type':'integer','enum':[3]}"),
                row("const true", "{'const':true}", "{'type':'boolean'}"),
                row("const null", "{'const':null}", "{'type':'null'}"),
                row("const object", "{'const':{'a':1}}", "{}"),
                row(
                        "enum with null and empty",
                        "{'type':['string','null'],'enum':['a','',null,2]}",
                        "{'type':['string','null'],'enum':['a',2]}"),
                row("enum of booleans", "{'enum':[true,'auto']}", "{}"),
                row("union types stay", "{'type':['string','null']}", "{'type':['string','null']}"),
                row("nullable", "{'type':'string','nullable':true}", "{'type':['string','null']}"),
                row(
                        "formats",
                        "{'anyOf':[{'type':'string','format':'uri'},{'type':'string','format':'date-time'}]}",
                        "{'anyOf':[{'type':'string'},{'type':'string','format':'date-time'}]}"),
                row(
                        "a property may be called like a keyword",
                        "{'properties':{'type':{'type':'string'},'$ref':{'type':'string'},"
                                + "'pattern':{'type':'string','pattern':'x'},'const':{'const':'c'}}}",
                        "{'properties':{'type':{'type':'string'},'$ref':{'type':'string'},'pattern':{'type':'string'},"
                                + "'const':{'enum':['c'],'type':'string'}}}"),
                row(
                        "boolean schemas",
                        "{'properties':{'a':true},'items':true,'additionalProperties':true}",
                        "{'properties':{'a':{}},'additionalProperties':true}"),
                row(
                        "additionalProperties as schema",
                        "{'type':'object','additionalProperties':{'type':'string','pattern':'x'}}",
                        "{'type':'object','additionalProperties':{'type':'string'}}"),
                row(
                        "tuples",
                        "{'items':[{'const':'a'},{'type':'number'}]}",
                        "{'prefixItems':[{'enum':['a'],'type':'string'},{'type':'number'}]}"),
                row("empty properties", "{'type':'object','properties':{},'required':['a']}", "{'type':'object'}"),
                row(
                        "undescribed required",
                        "{'properties':{'a':{}},'required':['b','a']}",
                        "{'properties':{'a':{}},'required':['a']}"),
                row(
                        "draft 7 definitions",
                        "{'properties':{'a':{'$ref':'#/definitions/A','description':'d'}},"
                                + "'definitions':{'A':{'type':'object','properties':{'next':{'$ref':'#/definitions/A'}}}}}",
                        "{'properties':{'a':{'$ref':'#/$defs/A'}},"
                                + "'$defs':{'A':{'type':'object','properties':{'next':{'$ref':'#/$defs/A'}}}}}"),
                row(
                        "allOf of one",
                        "{'description':'outer','allOf':[{'type':'string','description':'inner','pattern':'x'}]}",
                        "{'description':'outer','type':'string'}"),
                row(
                        "allOf of one reference",
                        "{'description':'outer','allOf':[{'$ref':'#/$defs/A'}]}",
                        "{'$ref':'#/$defs/A'}"),
                row(
                        "allOf of several",
                        "{'properties':{'a':{'type':'string'}},'required':['a'],'allOf':[{'$ref':'#/$defs/A'},"
                                + "{'properties':{'b':{'type':'string'}},'required':['b']},{'allOf':[{'properties':{'c':{}}}]}]}",
                        "{'properties':{'a':{'type':'string'},'b':{'type':'string'},'c':{}},'required':['a','b']}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void keeps_what_gemini_takes(String name, ObjectNode schema, ObjectNode expected) {
        String before = Json.text(schema);

        assertThat(Json.text(GeminiSchema.adapt(schema))).isEqualTo(Json.text(expected));
        assertThat(Json.text(schema)).isEqualTo(before);
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                row("no properties", "{'type':'object','properties':{},'additionalProperties':false}", null),
                row("nothing", "{}", null),
                row("no type", "{'properties':{'a':{}}}", "{'properties':{'a':{}},'type':'object'}"),
                row(
                        "a map",
                        "{'type':'object','additionalProperties':{}}",
                        "{'type':'object','additionalProperties':{}}"),
                row("a union", "{'anyOf':[{'properties':{'a':{}}}]}", "{'anyOf':[{'properties':{'a':{}}}]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parameters")
    void leaves_parameters_out_when_there_are_none(String name, ObjectNode schema, ObjectNode expected) {
        assertThat(GeminiSchema.parameters(schema)).isEqualTo(expected);
    }

    private static Arguments row(String name, String schema, String expected) {
        return Arguments.of(
                name,
                GeminiFixtures.parse(schema.replace('\'', '"')),
                expected == null ? null : GeminiFixtures.parse(expected.replace('\'', '"')));
    }
}
