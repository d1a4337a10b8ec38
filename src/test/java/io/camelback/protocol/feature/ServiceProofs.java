package io.camelback.protocol.feature;

/** What a provider does beside the answer: caching, storage, search, safety. */
final class ServiceProofs extends FeatureProofTable {
    @Override
    void fill() {
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
}
