package io.camelback.protocol.feature;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A request with a feature and the same one without it.
 *
 * @param own whether only the bytes of its own dialect can hold it; else even that target gets it from the neutral form
 * @param expected by target: what its body holds with the feature only; null where it holds nothing of it
 */
record FeatureProof(
        ProtocolFeature feature, TestProtocol door, boolean own, String without, String with, List<String> expected) {
    private static final Map<TestProtocol, String> PLAIN = Map.of(
            OPENAI, "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
            ANTHROPIC, "{'model':'m','max_tokens':4096,'messages':[{'role':'user','content':'Hi'}]}",
            GEMINI, "{'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}",
            RESPONSES, "{'model':'m','input':[{'role':'user','content':'Hi'}]}");
    private static final String USER = "{'role':'user','content':'Hi'}";
    private static final String OPENAI_TOOLS = "'tools':[{'type':'function','function':{'name':'a'}}]";
    private static final String CALL =
            "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':"
                    + "{'name':'a','arguments':'{}'}}]}";
    private static final String RESULT = "{'role':'tool','tool_call_id':'c1','content':'done'}";
    private static final String CLAUDE_CALL =
            "{'role':'assistant','content':[{'type':'tool_use','id':'t1'," + "'name':'a','input':{}}]}";
    private static final List<FeatureProof> ALL = new ArrayList<>();

    static {
        conversation();
        media();
        tools();
        history();
        output();
        sampling();
        thinking();
        rest();
    }

    static List<FeatureProof> all() {
        return List.copyOf(ALL);
    }

    private static void conversation() {
        openAi(
                ProtocolFeature.TEXT,
                "",
                messages("{'role':'user','content':'A camel'}"),
                "A camel",
                "A camel",
                "A camel",
                "A camel");
        openAi(
                ProtocolFeature.SYSTEM,
                "",
                messages("{'role':'system','content':'Brief.'}", USER),
                "{'role':'system','content':'Brief.'}",
                "'system':[{'type':'text','text':'Brief.'}]",
                "'systemInstruction':{'parts':[{'text':'Brief.'}]}",
                "'instructions':'Brief.'");
        openAi(
                ProtocolFeature.DEVELOPER,
                "",
                messages("{'role':'developer','content':'Brief.'}", USER),
                "'role':'developer'",
                "'system':[{'type':'text','text':'Brief.'}]",
                "'systemInstruction':",
                "'role':'developer'");
        String turns = USER + ",{'role':'assistant','content':'Yes?'}";
        openAi(
                ProtocolFeature.LATE_SYSTEM,
                messages(turns, USER),
                messages(turns, "{'role':'system','content':'Late.'}", USER),
                "{'role':'system','content':'Late.'}",
                "{'role':'system','content':[{'type':'text','text':'Late.'}]}",
                "<system-reminder>Late.</system-reminder>",
                "'role':'system'");
        openAi(
                ProtocolFeature.SAME_ROLE,
                "",
                messages(USER, "{'role':'user','content':'There?'}"),
                "{'role':'user','content':'Hi'},{'role':'user','content':'There?'}",
                "[{'type':'text','text':'Hi'},{'type':'text','text':'There?'}]",
                "[{'text':'Hi'},{'text':'There?'}]",
                "'Hi'}]},{'type':'message','role':'user'");
        openAi(
                ProtocolFeature.NAME,
                "",
                messages("{'role':'user','content':'Hi','name':'ada'}"),
                "'name':'ada'",
                null,
                null,
                null);
        openAi(
                ProtocolFeature.EMPTY_TEXT,
                "",
                content("{'type':'text','text':''},{'type':'text','text':'Hi'}"),
                null,
                null,
                null,
                null);
        openAi(
                ProtocolFeature.PREFILL,
                "",
                messages(USER, "{'role':'assistant','content':'Once'}"),
                "'Once'}]",
                "'Once'}]}]",
                "'Once'}]}]",
                "'Once'}]");
        openAi(
                ProtocolFeature.OPENING_ASSISTANT,
                "",
                messages("{'role':'assistant','content':'Yes?'}", USER),
                "[{'role':'assistant'",
                "[{'type':'text','text':'.'}]},{'role':'assistant'",
                "[{'text':'.'}]},{'role':'model'",
                "[{'type':'message','role':'assistant'");
        openAi(
                ProtocolFeature.REFUSAL,
                messages(USER, USER),
                messages(USER, "{'role':'assistant','content':null,'refusal':'No.'}", USER),
                "'refusal':'No.'",
                "{'type':'text','text':'No.'}",
                "{'text':'No.'}",
                "{'type':'refusal','refusal':'No.'}");
        responses(
                ProtocolFeature.COMPACTION,
                true,
                "",
                "'input':[{'type':'compaction','encrypted_content':'all'},{'role':'user','content':'Hi'}]",
                null,
                null,
                null,
                "'encrypted_content':'all'");
        openAi(
                ProtocolFeature.UNKNOWN_CONTENT,
                true,
                "",
                content("{'type':'video_url','video_url':{'url':'https://a.example/b'}}"),
                "'video_url'",
                null,
                null,
                null);
    }

    private static void media() {
        String png = "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}";
        openAi(
                ProtocolFeature.IMAGE,
                "",
                content(png),
                "data:image/png;base64,iVBORw0KGgo=",
                "'data':'iVBORw0KGgo='",
                "'inlineData':{'mimeType':'image/png'",
                "data:image/png;base64,iVBORw0KGgo=");
        String link = "{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}";
        openAi(
                ProtocolFeature.IMAGE_URL,
                "",
                content(link),
                "'url':'https://example.com/a.png'",
                "{'type':'url','url':'https://example.com/a",
                "'fileUri':'https://example.com/a.png'",
                "'image_url':'https://example.com/a.png'");
        openAi(
                ProtocolFeature.IMAGE_DETAIL,
                content(link),
                content(link.replace("png'}", "png','detail':'low'}")),
                "'detail':'low'",
                null,
                null,
                "'detail':'low'");
        String pdf =
                "{'type':'file','file':{'filename':'document','file_data':'data:application/pdf;base64,JVBERi0='}}";
        openAi(
                ProtocolFeature.PDF,
                "",
                content(pdf),
                "data:application/pdf;base64,JVBERi0=",
                "'media_type':'application/pdf'",
                "'mimeType':'application/pdf'",
                "data:application/pdf;base64,JVBERi0=");
        responses(
                ProtocolFeature.PDF_URL,
                "",
                input("{'type':'input_file','file_url':'https://example.com/b.pdf'}"),
                null,
                "{'type':'document','source':{'type':'url'",
                "'fileUri':'https://example.com/b.pdf'",
                "'file_url':'https://ex");
        openAi(
                ProtocolFeature.FILE_NAME,
                content(pdf),
                content(pdf.replace("'document'", "'b.pdf'")),
                "'filename':'b.pdf'",
                "'title':'b.pdf'",
                null,
                "'filename':'b.pdf'");
        responses(
                ProtocolFeature.TEXT_FILE,
                "",
                input("{'type':'input_file','filename':'n.txt','file_data':'data:text/plain;base64,SGkh'}"),
                "n.txt:\\nHi!",
                "'media_type':'text/plain','data':'Hi!'",
                "'mimeType':'text/plain','data':'SGkh'",
                "n.txt:\\nHi!");
        openAi(
                ProtocolFeature.OPENAI_FILE,
                "",
                content("{'type':'file','file':{'file_id':'file-1'}}"),
                "'file_id':'file-1'",
                null,
                null,
                "'file_id':'file-1'");
        anthropic(
                ProtocolFeature.ANTHROPIC_FILE,
                "",
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'file',"
                        + "'file_id':'file_1'}}]}]",
                null,
                "'file_id':'file_1'",
                null,
                null);
        gemini(
                ProtocolFeature.GOOGLE_FILE,
                "",
                "'contents':[{'role':'user','parts':[{'fileData':{'mimeType':'application/pdf','fileUri':"
                        + "'https://generativelanguage.googleapis.com/v1beta/files/abc'}}]}]",
                null,
                null,
                "v1beta/files/abc",
                null);
        String titled =
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64','media_type':"
                        + "'application/pdf','data':'JVBERi0='},'title':'b.pdf'}]}]";
        anthropic(
                ProtocolFeature.FILE_CONTEXT,
                true,
                titled,
                titled.replace("'b.pdf'", "'b.pdf','context':'Of May.'"),
                "{'type':'text','text':'Of May.'}",
                "'context':'Of May.'",
                "{'text':'Of May.'}",
                "{'type':'input_text','text':'Of May.'}");
        gemini(
                ProtocolFeature.MEDIA_RESOLUTION,
                true,
                "",
                "'generationConfig':{'mediaResolution':'MEDIA_RESOLUTION_LOW'}",
                null,
                null,
                "'mediaResolution':'MEDIA_RESOLUTION_LOW'",
                null);
        anthropic(
                ProtocolFeature.SEARCH_RESULT,
                true,
                "",
                "'messages':[{'role':'user','content':[{'type':'search_result','title':'Camels',"
                        + "'source':'https://a','content':[{'type':'text','text':'Two humps.'}]}]}]",
                "Two humps.",
                "{'type':'search_result'",
                "Two humps.",
                "Two humps.");
        openAi(
                ProtocolFeature.AUDIO,
                "",
                content("{'type':'input_audio','input_audio':{'data':'UklGRg==','format':'wav'}}"),
                "'input_audio':{'data':'UklGRg=='",
                null,
                "'mimeType':'audio/wav'",
                null);
        gemini(
                ProtocolFeature.VIDEO,
                "",
                "'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'video/mp4','data':'AAAA'}}]}]",
                null,
                null,
                "'mimeType':'video/mp4'",
                null);
    }

    private static void tools() {
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

    private static void history() {
        String call = messages(USER, CALL, RESULT);
        openAi(
                ProtocolFeature.CALLS,
                messages(USER),
                call,
                "'tool_calls':[{'id':'c1'",
                "{'type':'tool_use','id':'c1','name':'a','input':{}}",
                "'functionCall':{'name':'a','args':{}}",
                "{'type':'function_call','call_id':'c1','name':'a','arguments':'{}'}");
        openAi(
                ProtocolFeature.BROKEN_CALL,
                call,
                call.replace("'{}'", "'{oops'"),
                "'arguments':'{oops'",
                "{'_raw':'{oops'}",
                "{'_raw':'{oops'}",
                "'arguments':'{oops'");
        openAi(
                ProtocolFeature.CALL_ID,
                call,
                call.replace("c1", "f.a:1"),
                "'tool_call_id':'f.a:1'",
                "'tool_use_id':'f_a_1_",
                null,
                "'call_id':'f.a:1','output'");
        openAi(
                ProtocolFeature.RESULTS,
                messages(USER),
                call,
                "'tool_call_id':'c1','content':'done'",
                "'tool_use_id':'c1'",
                "'response':{'output':'done'}",
                "'call_id':'c1','output':'done'");
        String failed =
                CLAUDE_CALL + ",{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'gone'}]}";
        anthropic(
                ProtocolFeature.FAILED_RESULT,
                messages(USER, failed),
                messages(USER, failed.replace("'gone'", "'gone','is_error':true")),
                "'Error: gone'",
                "'is_error':true",
                "{'error':'gone'}",
                "'Error: gone'");
        String shown = failed.replace(
                "'gone'", "[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'}}]");
        anthropic(
                ProtocolFeature.IMAGE_RESULT,
                messages(USER, failed),
                messages(USER, shown),
                "{'type':'image_url'",
                "'tool_use_id':'t1','content':[{'type':'image'",
                "'parts':[{'inlineData'",
                "'output':[{'type':'input_image'");
        String filed = failed.replace(
                "'gone'",
                "[{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0='}}]");
        anthropic(
                ProtocolFeature.FILE_RESULT,
                messages(USER, failed),
                messages(USER, filed),
                "{'type':'file'",
                "'tool_use_id':'t1','content':[{'type':'document'",
                "'parts':[{'inlineData'",
                "'output':[{'type':'input_file'");
        openAi(
                ProtocolFeature.NO_RESULT,
                call,
                messages(USER, CALL, USER),
                "'(no result)'",
                "'(no result)'",
                "'(no result)'",
                "'(no result)'");
        openAi(
                ProtocolFeature.STRAY_RESULT,
                messages(USER),
                messages(USER, RESULT),
                "Result of an earlier tool call:",
                "Result of an earlier call of",
                "Result of the tool unknown: done",
                "Result of an earlier tool call:");
        openAi(
                ProtocolFeature.CALL_SIGNATURE,
                call,
                call.replace(
                        "'function':{", "'extra_content':{'google':{'thought_signature':'CgQ='}}," + "'function':{"),
                null,
                null,
                "'thoughtSignature':'CgQ='",
                null);
    }

    private static void output() {
        openAi(
                ProtocolFeature.MAX_TOKENS,
                "",
                "'max_completion_tokens':77",
                "'max_completion_tokens':77",
                "'max_tokens':77",
                "'maxOutputTokens':77",
                "'max_output_tokens':77");
        openAi(ProtocolFeature.CANDIDATES, "", "'n':2", "'n':2", null, null, null);
        openAi(
                ProtocolFeature.STOP,
                "",
                "'stop':['END']",
                "'stop':['END']",
                "'stop_sequences':['END']",
                "'stopSequences':['END']",
                "[END]");
        openAi(
                ProtocolFeature.JSON_MODE,
                "",
                "'response_format':{'type':'json_object'}",
                "{'type':'json_object'}",
                "Answer with one JSON object",
                "'responseMimeType':'application/json'",
                "{'type':'json_object'}");
        String schema =
                "'response_format':{'type':'json_schema','json_schema':{'name':'answer','schema':{'type':'object',"
                        + "'properties':{'age':{'type':'integer','multipleOf':2}}}}}";
        openAi(
                ProtocolFeature.JSON_SCHEMA,
                "",
                schema,
                "'type':'integer','multipleOf':2",
                "'description':'{multipleOf: 2}'",
                "'age':{'type':'integer'}",
                "'type':'integer','multipleOf':2");
        openAi(
                ProtocolFeature.SCHEMA_NAME,
                schema,
                schema.replace("'answer'", "'person'"),
                "'name':'person'",
                null,
                null,
                "'name':'person'");
        gemini(
                ProtocolFeature.OTHER_JSON,
                true,
                "",
                "'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
                        + "{'type':'array','items':{'type':'integer'}}}",
                "Answer with JSON and nothing else",
                "Answer with JSON and nothing else",
                "'responseJsonSchema':{'type':'array'",
                "Answer with JSON and nothing else");
        gemini(
                ProtocolFeature.ONE_OF_WORDS,
                true,
                "",
                "'generationConfig':{'responseMimeType':'text/x.enum','responseSchema':"
                        + "{'type':'STRING','enum':['up','down']}}",
                "Answer with exactly one of these",
                "Answer with exactly one of these",
                "'responseMimeType':'text/x.enum'",
                "Answer with exactly one of these");
        openAi(
                ProtocolFeature.LOGPROBS,
                "",
                "'logprobs':true,'top_logprobs':2",
                "'logprobs':true,'top_logprobs':2",
                null,
                "'responseLogprobs':true,'logprobs':2",
                "'include':['message.output_text.logprobs'],'top_logprobs':2");
        openAi(ProtocolFeature.LOGIT_BIAS, true, "", "'logit_bias':{'1':2}", "'logit_bias':{'1':2}", null, null, null);
        openAi(
                ProtocolFeature.PREDICTION,
                true,
                "",
                "'prediction':{'type':'content','content':'x'}",
                "'prediction':{'type':'content','content':'x'}",
                null,
                null,
                null);
        openAi(
                ProtocolFeature.VERBOSITY,
                true,
                "",
                "'verbosity':'low'",
                "'verbosity':'low'",
                null,
                null,
                "'text':{'verbosity':'low'}");
        openAi(
                ProtocolFeature.AUDIO_OUTPUT,
                true,
                "",
                "'modalities':['text','audio']",
                "'modalities':['text','audio']",
                null,
                null,
                null);
        gemini(
                ProtocolFeature.IMAGE_OUTPUT,
                true,
                "",
                "'generationConfig':{'responseModalities':['TEXT','IMAGE']}",
                "'modalities':['text','image']",
                null,
                "['TEXT','IMAGE']",
                null);
    }

    private static void sampling() {
        openAi(
                ProtocolFeature.TEMPERATURE,
                "",
                "'temperature':1.7",
                "'temperature':1.7",
                "'temperature':1",
                "'temperature':1.7",
                "'temperature':1.7");
        openAi(
                ProtocolFeature.TOP_P,
                "",
                "'top_p':0.25",
                "'top_p':0.25",
                "'top_p':0.25",
                "'topP':0.25",
                "'top_p':0.25");
        anthropic(ProtocolFeature.TOP_K, "", "'top_k':40", null, "'top_k':40", "'topK':40", null);
        openAi(ProtocolFeature.SEED, "", "'seed':5000000000", "'seed':5000000000", null, "'seed':705032704", null);
        openAi(
                ProtocolFeature.PENALTIES,
                "",
                "'presence_penalty':0.5,'frequency_penalty':0.25",
                "'presence_penalty':0.5,'frequency_penalty':0.25",
                null,
                "'presencePenalty':0.5,'frequencyPenalty':0.25",
                null);
    }

    private static void thinking() {
        openAi(
                ProtocolFeature.EFFORT,
                "",
                "'reasoning_effort':'medium'",
                "'reasoning_effort':'medium'",
                "'thinking':{'type':'adaptive'},'output_config':{'effort':'medium'}",
                "'thinkingLevel':'medium'",
                "'reasoning':{'effort':'medium'}");
        openAi(
                ProtocolFeature.EFFORT_MAX,
                "",
                "'reasoning_effort':'max'",
                "'reasoning_effort':'xhigh'",
                "'effort':'max'",
                "'thinkingLevel':'high'",
                "'reasoning':{'effort':'xhigh'}");
        openAi(
                ProtocolFeature.EFFORT_NONE,
                "",
                "'reasoning_effort':'none'",
                "'reasoning_effort':'none'",
                "'thinking':{'type':'disabled'}",
                "'thinkingLevel':'low'",
                "'reasoning':{'effort':'none'}");
        responses(
                ProtocolFeature.THINKING_SHOWN,
                true,
                "'reasoning':{'effort':'low'}",
                "'reasoning':{'effort':'low','summary':'detailed'}",
                null,
                null,
                null,
                "'summary':'detailed'");
        String said = "{'role':'assistant','content':[{'type':'text','text':'Yes?'}]}";
        anthropic(
                ProtocolFeature.ANTHROPIC_THINKING,
                messages(USER, said, USER),
                messages(USER, said.replace("[", "[{'type':'thinking','thinking':'Hm','signature':'EqQB'},"), USER),
                null,
                "'signature':'EqQB'",
                null,
                null);
        String item = "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Yes?'}]}";
        responses(
                ProtocolFeature.OPENAI_REASONING,
                "'input':[" + item + "," + USER + "]",
                "'input':[{'type':'reasoning','id':'rs_1'," + "'summary':[],'encrypted_content':'gAAA'}," + item + ","
                        + USER + "]",
                null,
                null,
                null,
                "'encrypted_content':'gAAA'");
        String turns = "'contents':[{'role':'user','parts':[{'text':'Hi'}]},{'role':'model','parts':[{'text':'Yes?'}]},"
                + "{'role':'user','parts':[{'text':'Hi'}]}]";
        gemini(
                ProtocolFeature.GOOGLE_THOUGHTS,
                true,
                turns,
                turns.replace("{'text':'Yes?'}", "{'text':'Hm','thought':true},{'text':'Yes?'}"),
                null,
                null,
                "'thought':true",
                null);
        String known = "{'role':'assistant','content':'Yes?'}";
        openAi(
                ProtocolFeature.OTHER_REASONING,
                true,
                messages(USER, known, USER),
                messages(USER, known.replace("?'", "?','reasoning_content':'Hm'"), USER),
                null,
                null,
                null,
                null);
    }

    private static void rest() {
        openAi(
                ProtocolFeature.USER,
                "",
                "'user':'u-1'",
                "'user':'u-1'",
                "'metadata':{'user_id':'u-1'}",
                null,
                "'user':'u-1'");
        openAi(
                ProtocolFeature.METADATA,
                true,
                "",
                "'metadata':{'team':'red'}",
                "'metadata':{'team':'red'}",
                null,
                null,
                null);
        String marked = content("{'type':'text','text':'Hi','cache_control':{'type':'ephemeral','ttl':'1h'}}");
        openAi(
                ProtocolFeature.CACHE_MARKS,
                content("{'type':'text','text':'Hi'}"),
                marked,
                null,
                "'cache_control':{'type':'ephemeral','ttl':'1h'}",
                null,
                null);
        String tool = "'tools':[{'name':'a','input_schema':{'type':'object'}}]";
        anthropic(
                ProtocolFeature.TOOL_CACHE_MARKS,
                true,
                tool,
                tool.replace("'a'", "'a','cache_control':{'type':'ephemeral'}"),
                null,
                "'cache_control':{'type':'ephemeral'}",
                null,
                null);
        anthropic(
                ProtocolFeature.AUTOMATIC_CACHE,
                true,
                "",
                "'cache_control':{'type':'ephemeral'}",
                null,
                "'cache_control':{'type':'ephemeral'}",
                null,
                null);
        openAi(
                ProtocolFeature.CACHE_KEY,
                true,
                "",
                "'prompt_cache_key':'s-1'",
                "'prompt_cache_key':'s-1'",
                null,
                null,
                "'prompt_cache_key':'s-1'");
        openAi(
                ProtocolFeature.CACHE_OPTIONS,
                true,
                "",
                "'prompt_cache_options':{'mode':'explicit'}",
                "'prompt_cache_options':{'mode':'explicit'}",
                null,
                null,
                "'prompt_cache_options':{'mode':'explicit'}");
        String text = content("{'type':'text','text':'Hi'},{'type':'text','text':'there'}");
        openAi(
                ProtocolFeature.CACHE_BREAKPOINTS,
                true,
                text,
                text.replace("'Hi'", "'Hi','prompt_cache_breakpoint':{'mode':'explicit'}"),
                "'prompt_cache_breakpoint'",
                null,
                null,
                null);
        gemini(
                ProtocolFeature.CACHED_CONTENT,
                true,
                "",
                "'cachedContent':'cachedContents/abc'",
                null,
                null,
                "cachedContents/abc",
                null);
        openAi(
                ProtocolFeature.SERVICE_TIER,
                true,
                "",
                "'service_tier':'flex'",
                "'service_tier':'flex'",
                null,
                null,
                "'service_tier':'flex'");
        anthropic(
                ProtocolFeature.SPEED,
                true,
                "",
                "'speed':'fast','inference_geo':'eu'",
                null,
                "'speed':'fast','inference_geo':'eu'",
                null,
                null);
        openAi(ProtocolFeature.STORE, true, "", "'store':true", "'store':true", null, null, null);
        String pdf = "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64','media_type':"
                + "'application/pdf','data':'JVBERi0='}}]}]";
        anthropic(
                ProtocolFeature.CITATIONS,
                true,
                pdf,
                pdf.replace("}}]}]", "},'citations':{'enabled':true}}]}]"),
                null,
                "'citations'",
                null,
                null);
        anthropic(
                ProtocolFeature.CONTEXT_MANAGEMENT,
                true,
                "",
                "'container':'c_1','mcp_servers':[{'type':'url','url':'https://m','name':'m'}],"
                        + "'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]}",
                null,
                "'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]}",
                null,
                null);
        gemini(
                ProtocolFeature.SAFETY_SETTINGS,
                true,
                "",
                "'safetySettings':[{'category':'C','threshold':'T'}]",
                null,
                null,
                "'safetySettings'",
                null);
        openAi(ProtocolFeature.UNKNOWN, true, "", "'x_new':{'a':1}", "'x_new':{'a':1}", null, null, null);
    }

    private static String messages(String... messages) {
        return "'messages':[" + String.join(",", messages) + "]";
    }

    private static String content(String part) {
        return messages("{'role':'user','content':[" + part + "]}");
    }

    private static String input(String part) {
        return "'input':[{'role':'user','content':[" + part + "]}]";
    }

    private static void openAi(ProtocolFeature feature, String without, String with, String... expected) {
        openAi(feature, false, without, with, expected);
    }

    private static void openAi(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        ALL.add(new FeatureProof(feature, OPENAI, own, without, with, Arrays.asList(expected)));
    }

    private static void anthropic(ProtocolFeature feature, String without, String with, String... expected) {
        anthropic(feature, false, without, with, expected);
    }

    private static void anthropic(
            ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        ALL.add(new FeatureProof(feature, ANTHROPIC, own, without, with, Arrays.asList(expected)));
    }

    private static void gemini(ProtocolFeature feature, String without, String with, String... expected) {
        gemini(feature, false, without, with, expected);
    }

    private static void gemini(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        ALL.add(new FeatureProof(feature, GEMINI, own, without, with, Arrays.asList(expected)));
    }

    private static void responses(ProtocolFeature feature, String without, String with, String... expected) {
        responses(feature, false, without, with, expected);
    }

    private static void responses(
            ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        ALL.add(new FeatureProof(feature, RESPONSES, own, without, with, Arrays.asList(expected)));
    }

    /** The target's body, by the feature or without it. */
    String body(TestProtocol target, boolean featured) {
        ChatRequest request = request(featured);
        return Json.text(target.write(target == door && !own ? request.withoutOriginal() : request, false))
                .replace('"', '\'');
    }

    ChatRequest request(boolean featured) {
        ObjectNode body = ProtocolCorpus.object(PLAIN.get(door).replace('\'', '"'));
        body.setAll(ProtocolCorpus.object(("{" + (featured ? with : without) + "}").replace('\'', '"')));
        return door.read(body);
    }

    /** Where the answer will be cut. */
    List<String> cutAt(TestProtocol target, boolean featured) {
        return target.dialect.unsentStops(request(featured), target.target);
    }

    String expected(TestProtocol target) {
        return expected.get(target.ordinal());
    }
}
