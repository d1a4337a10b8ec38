package io.camelback.protocol.feature;

/** Calls and results of earlier turns. */
final class HistoryProofs extends FeatureProofTable {
    private static final String CALL =
            "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':"
                    + "{'name':'a','arguments':'{}'}}]}";
    private static final String RESULT = "{'role':'tool','tool_call_id':'c1','content':'done'}";
    private static final String CLAUDE_CALL =
            "{'role':'assistant','content':[{'type':'tool_use','id':'t1'," + "'name':'a','input':{}}]}";

    @Override
    void fill() {
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
}
