package io.camelback.protocol.feature;

/** Tools and their choice. */
final class ToolProofs extends FeatureProofTable {
    private static final String OPENAI_TOOLS = "'tools':[{'type':'function','function':{'name':'a'}}]";

    @Override
    void fill() {
        openAi(
                ProtocolFeature.TOOLS,
                "",
                OPENAI_TOOLS,
                "'function':{'name':'a'",
                "'tools':[{'name':'a','input_schema'",
                "'functionDeclarations':[{'name':'a'}]",
                "{'type':'function','name':'a'");
        openAi(
                ProtocolFeature.TOOL_NAME,
                OPENAI_TOOLS,
                OPENAI_TOOLS.replace("'a'", "'a/b'"),
                "'name':'a_b_",
                "'name':'a_b_",
                "'name':'a_b_",
                "'name':'a_b_");
        openAi(
                ProtocolFeature.FUNCTIONS,
                true,
                "",
                "'functions':[{'name':'a'}]",
                "'functions':[{'name':'a'}]",
                "'tools':[{'name':'a','input_schema'",
                "'functionDeclarations':[{'name':'a'}]",
                "{'type':'function','name':'a'");
        String plain = "'tools':[{'name':'a','input_schema':{'type':'object'}}]";
        anthropic(
                ProtocolFeature.TOOL_EXAMPLES,
                true,
                plain,
                plain.replace("'a'", "'a','input_examples':[{'b':1}]"),
                null,
                "'input_examples':[{'b':1}]",
                null,
                null);
        openAi(
                ProtocolFeature.STRICT,
                OPENAI_TOOLS,
                OPENAI_TOOLS.replace("'a'", "'a','strict':true"),
                "'strict':true",
                "'strict':true",
                null,
                "'strict':true");
        openAi(
                ProtocolFeature.CHOICE_NONE,
                OPENAI_TOOLS,
                OPENAI_TOOLS + ",'tool_choice':'none'",
                "'tool_choice':'none'",
                "'tool_choice':{'type':'none'}",
                "'mode':'NONE'",
                "'tool_choice':'none'");
        openAi(
                ProtocolFeature.CHOICE_REQUIRED,
                OPENAI_TOOLS,
                OPENAI_TOOLS + ",'tool_choice':'required'",
                "'tool_choice':'required'",
                "'tool_choice':{'type':'any'}",
                "{'mode':'ANY'}",
                "'tool_choice':'required'");
        openAi(
                ProtocolFeature.CHOICE_NAMED,
                OPENAI_TOOLS,
                OPENAI_TOOLS + ",'tool_choice':{'type':'function','function':{'name':'a'}}",
                "'tool_choice':{'type':'function','function':{'name':'a'}}",
                "'tool_choice':{'type':'tool','name':'a'}",
                "'allowedFunctionNames':['a']",
                "'tool_choice':{'type':'function','name':'a'}");
        String two = "'tools':[{'type':'function','name':'a'},{'type':'function','name':'b'}]";
        responses(
                ProtocolFeature.CHOICE_SUBSET,
                two,
                two + ",'tool_choice':{'type':'allowed_tools','mode':'required','tools':[{'type':"
                        + "'function','name':'b'}]}",
                "'tools':[{'type':'function','function':{'name':'b'",
                "'tools':[{'name':'b'",
                "'functionDeclarations':[{'name':'b'}]",
                "'tools':[{'type':'function','name':'b'");
        openAi(
                ProtocolFeature.ONE_CALL,
                OPENAI_TOOLS,
                OPENAI_TOOLS + ",'parallel_tool_calls':false",
                "'parallel_tool_calls':false",
                "'disable_parallel_tool_use':true",
                null,
                "'parallel_tool_calls':false");
        responses(
                ProtocolFeature.CUSTOM_TOOL,
                true,
                "",
                "'tools':[{'type':'custom','name':'patch','description':'Edits.'}]",
                "'function':{'name':'patch'",
                "{'name':'patch'",
                "{'name':'patch'",
                "{'type':'custom','name':'patch'");
        responses(
                ProtocolFeature.NAMESPACE,
                true,
                "",
                "'tools':[{'type':'namespace','name':'files','tools':[{'type':'function','name':'find'}]}]",
                "'name':'files__find'",
                "'name':'files__find'",
                "'name':'files__find'",
                "'type':'namespace'");
        String own = "'tools':[{'type':'function','name':'a'}]";
        responses(
                ProtocolFeature.OPENAI_TOOLS,
                true,
                own,
                own.replace("]", ",{'type':'web_search'}]"),
                null,
                null,
                null,
                "{'type':'web_search'}");
        String claudes = "'tools':[{'name':'a','input_schema':{'type':'object'}}]";
        anthropic(
                ProtocolFeature.ANTHROPIC_TOOLS,
                true,
                claudes,
                claudes.replace("]", ",{'type':'web_search_20250305','name':'web_search'}]"),
                null,
                "'web_search_20250305'",
                null,
                null);
        String geminis = "'tools':[{'functionDeclarations':[{'name':'a'}]}]";
        gemini(
                ProtocolFeature.GOOGLE_TOOLS,
                true,
                geminis,
                geminis.replace("}]}]", "}]},{'googleSearch':{}}]"),
                null,
                null,
                "'googleSearch':{}",
                null);
        responses(
                ProtocolFeature.ONLY_OPENAI_TOOLS,
                true,
                "",
                "'tools':[{'type':'code_interpreter'}]",
                null,
                null,
                null,
                "'code_interpreter'");
        anthropic(
                ProtocolFeature.ONLY_ANTHROPIC_TOOLS,
                true,
                "",
                "'tools':[{'type':'code_execution_20250825','name':'code_execution'}]",
                null,
                "'code_execution_20250825'",
                null,
                null);
        gemini(
                ProtocolFeature.ONLY_GOOGLE_TOOLS,
                true,
                "",
                "'tools':[{'codeExecution':{}}]",
                null,
                null,
                "'codeExecution':{}",
                null);
        responses(ProtocolFeature.MOST_CALLS, true, "", "'max_tool_calls':3", null, null, null, "'max_tool_calls':3");
        anthropic(
                ProtocolFeature.WEB_SEARCH,
                true,
                "",
                "'tools':[{'type':'web_search_20250305','name':'web_search'}]",
                null,
                "'web_search_20250305'",
                "'tools':[{'googleSearch':{}}]",
                "'tools':[{'type':'web_search'}]");
    }
}
