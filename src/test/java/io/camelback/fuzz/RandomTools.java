package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tools with schemas as clients and MCP servers really write them.
 *
 * @see io.camelback.protocol.support.ToolSchemaAdapter
 */
final class RandomTools {
    /** One that can be called. */
    record Definition(String name, String description, ObjectNode schema) {}

    /** Schemas that each maker takes or that are fitted for it. */
    private static final List<String> SCHEMAS = Stream.of(
                    "{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}",
                    "{'type':'object'}",
                    "{}",
                    "{'type':'object','properties':{}}",
                    "{'type':'object','properties':{'tags':{'type':'array','description':'d'},'m':{'type':'array','items':{'type':'array'}},'n':{'type':['array','null']}}}",
                    "{'type':'object','anyOf':[{'properties':{'content':{'type':'string'}},'required':['content']},{'properties':{'url':{'type':'string'}},'required':['url']}]}",
                    "{'type':'object','properties':{'route':{'type':'string'},'file':{'type':'string'}},'anyOf':[{'required':['route']},{'required':['file']}]}",
                    "{'oneOf':[{'type':'object','properties':{'a':{'type':'string'}}},{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string'}}}]}",
                    "{'type':'object','properties':{'$top':{'type':'integer'},'a b':{'type':'string'},'tags[]':{'type':'array','items':{'type':'string'}}},'required':['$top']}",
                    "{'type':'object','properties':{'KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK':{'type':'string'},'@microsoft.graph.conflictBehavior':{'type':'string','enum':['a','b']}}}",
                    "{'$ref':'#/$defs/In','$defs':{'In':{'type':'object','properties':{'child':{'$ref':'#/$defs/In'},'v':{'type':['string','null']}},'required':['v']}}}",
                    "{'type':'object','$defs':{'P':{'type':'object','properties':{'x':{'type':'number'}},'additionalProperties':false}},'properties':{'p':{'$ref':'#/$defs/P'},'q':{'allOf':[{'$ref':'#/$defs/P'},{'description':'the other'}]}}}",
                    "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object','title':'T','properties':{'q':{'type':'string','minLength':1,'maxLength':9,'pattern':'^a','format':'uri','default':null,'examples':['a']},'c':{'const':'x'},'e':{'enum':['a','',null,1]},'u':{'anyOf':[{'type':'string'},{'type':'null'}]}},'required':['q'],'additionalProperties':false}",
                    "{'type':'object','properties':{'n':{'type':'number','exclusiveMinimum':0,'multipleOf':0.5},'m':{'type':'object','additionalProperties':{'type':'string'}},'t':{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}]},'not':{'not':{'type':'string'}}},'required':[]}",
                    "{'type':'object','allOf':[{'properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':'boolean'}}}],'properties':{'properties':{'type':'object','properties':{'required':{'type':'array','items':{'type':'string'}}}}}}",
                    "{'type':'object','properties':{'any':{},'flag':true,'w':{'type':'integer','if':{'minimum':3},'then':{'multipleOf':2}}},'not':{'required':['any']}}")
            .map(schema -> schema.replace('\'', '"'))
            .toList();

    /** Schemas that are no JSON Schema 2020-12: only another maker's server need be given them mended. */
    private static final List<String> LOOSE = Stream.of(
                    "{'type':'object','properties':{'v':{'type':'any'},'n':{'type':'number','minimum':0,'exclusiveMinimum':true}}}",
                    "{'type':'object','properties':{'v':{'type':'None'},'s':{'type':'str'},'f':{'type':'string','required':true},'l':{'type':'array','items':{'type':'dict','required':true}}}}",
                    "{'type':'object','properties':{'a':{'type':'string','description':null,'enum':null,'format':null}},'required':null}",
                    "{'type':'object','properties':null}",
                    "{'type':['object','null'],'properties':{'a':{'type':['string','any']},'b':{'type':null},'c':{'type':[]}},'required':['a','a']}",
                    "{'type':'OBJECT','properties':{'A':{'type':'STRING','nullable':true},'B':{'type':'array','items':[{'type':'string'},{'type':'integer'}]}}}",
                    "{'type':'object','properties':{'a':{'anyOf':[]},'b':{'items':null,'type':'array'}},'required':true}")
            .map(schema -> schema.replace('\'', '"'))
            .toList();

    private RandomTools() {}

    /** Tools with different names. @param names that the format's own maker takes */
    static List<Definition> of(SeededChoice choice, List<String> names) {
        List<Definition> tools = new ArrayList<>();
        int count = choice.oneIn(4) ? 0 : 1 + choice.below(3);
        for (int i = 0; i < count; i++) {
            String schema = choice.oneIn(5) ? choice.of(LOOSE) : choice.of(SCHEMAS);
            String name = names.get((choice.below(3) * count + i) % names.size());
            if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
                tools.add(new Definition(
                        name,
                        choice.oneIn(4) ? null : choice.of("Does it.", "", "äöü \n", "d".repeat(1500)),
                        choice.oneIn(8) ? null : (ObjectNode) SeededChoice.json(schema)));
            }
        }
        return tools;
    }
}
