package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicSchemaTest {

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of(
                        "objects are closed",
                        "{'type':'object','properties':{'a':{'type':'object','properties':{}}}}",
                        "{'type':'object','properties':{'a':{'type':'object','properties':{},'additionalProperties':false}},"
                                + "'additionalProperties':false}"),
                Arguments.of(
                        "open objects with properties, too",
                        "{'type':['object','null'],'properties':{'a':{}},'additionalProperties':true}",
                        "{'type':['object','null'],'properties':{'a':{}},'additionalProperties':false}"),
                Arguments.of(
                        "oneOf is anyOf",
                        "{'oneOf':[{'type':'string','minLength':2},{'type':'null'}]}",
                        "{'anyOf':[{'type':'string','description':'{minLength: 2}'},{'type':'null'}]}"),
                Arguments.of(
                        "limits move into the description",
                        "{'type':'integer','description':'Days','minimum':1,'maximum':14,'multipleOf':1.50}",
                        "{'type':'integer','description':'Days\\n\\n{minimum: 1, maximum: 14, multipleOf: 1.50}'}"),
                Arguments.of(
                        "one item at least may be asked for",
                        "{'type':'array','minItems':1,'maxItems':3,'uniqueItems':true,'items':{'type':'string','pattern':'^a'}}",
                        "{'type':'array','minItems':1,'items':{'type':'string','description':'{pattern: \\\"^a\\\"}'},"
                                + "'description':'{maxItems: 3, uniqueItems: true}'}"),
                Arguments.of(
                        "two items at least not",
                        "{'type':'array','minItems':2}",
                        "{'type':'array','description':'{minItems: 2}'}"),
                Arguments.of(
                        "formats that are known",
                        "{'type':'string','format':'date-time'}",
                        "{'type':'string','format':'date-time'}"),
                Arguments.of(
                        "formats that are not",
                        "{'type':'string','format':'iri'}",
                        "{'type':'string','description':'{format: \\\"iri\\\"}'}"),
                Arguments.of(
                        "properties named like keywords",
                        "{'type':'object','properties':{'$ref':{'type':'string'},'minimum':{'const':1},'type':{'enum':['',1]}}}",
                        "{'type':'object','properties':{'$ref':{'type':'string'},'minimum':{'const':1},'type':{'enum':['',1]}},"
                                + "'additionalProperties':false}"),
                Arguments.of(
                        "definitions and what refers to them",
                        "{'$schema':'https://json-schema.org/draft/2020-12/schema','$defs':{'p':{'type':'string','maxLength':3}},"
                                + "'type':'object','properties':{'a':{'$ref':'#/$defs/p','description':'lost'}}}",
                        "{'$defs':{'p':{'type':'string','description':'{maxLength: 3}'}},'type':'object',"
                                + "'properties':{'a':{'$ref':'#/$defs/p'}},'additionalProperties':false}"),
                Arguments.of(
                        "a root that only refers",
                        "{'$ref':'#/$defs/p','$defs':{'p':{'type':'object'}}}",
                        "{'$defs':{'p':{'type':'object','additionalProperties':false}},'$ref':'#/$defs/p'}"),
                Arguments.of(
                        "keywords of the wrong type are only hints",
                        "{'type':'object','properties':[],'anyOf':{}}",
                        "{'type':'object','additionalProperties':false,'description':'{properties: [], anyOf: {}}'}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void is_said_in_what_anthropic_knows(String name, String schema, String expected) {
        ObjectNode given = object(quoted(schema));
        ObjectNode before = given.deepCopy();

        assertThat(AnthropicSchema.adapt(given).map(Json::text)).hasValue(quoted(expected));
        assertThat(given).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'type':'object','additionalProperties':{'type':'string'}}",
                "{'type':'object','additionalProperties':true}",
                "{'type':'object','patternProperties':{'^a':{}}}",
                "{'type':'array','items':{'type':'object','additionalProperties':{}}}",
                "{'$ref':'https://example.com/schema'}",
                "{'type':'object','properties':{'child':{'$ref':'#'}}}",
                "{'$defs':{'n':{'type':'object','properties':{'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'}",
                "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'anyOf':[{'$ref':'#/$defs/a'},{'type':'null'}]}},'$ref':'#/$defs/a'}"
            })
    void free_keys_and_recursion_cannot_be_said(String schema) {
        assertThat(AnthropicSchema.adapt(object(quoted(schema)))).isEmpty();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
