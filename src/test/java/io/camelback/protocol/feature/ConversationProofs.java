package io.camelback.protocol.feature;

/** Roles, names and texts of a conversation. */
final class ConversationProofs extends FeatureProofTable {
    @Override
    void fill() {
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
}
