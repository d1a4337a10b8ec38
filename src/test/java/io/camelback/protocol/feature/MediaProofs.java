package io.camelback.protocol.feature;

/** Images, sound and files. */
final class MediaProofs extends FeatureProofTable {
    @Override
    void fill() {
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
}
