package io.camelback.protocol.feature;

/** The form of the answer, and how it is sampled. */
final class OutputProofs extends FeatureProofTable {
    @Override
    void fill() {
        output();
        sampling();
    }

    private void output() {
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

    private void sampling() {
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
}
