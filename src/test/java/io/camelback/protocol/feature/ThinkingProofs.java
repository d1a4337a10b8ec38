package io.camelback.protocol.feature;

/** Thinking and effort. */
final class ThinkingProofs extends FeatureProofTable {
    @Override
    void fill() {
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
}
