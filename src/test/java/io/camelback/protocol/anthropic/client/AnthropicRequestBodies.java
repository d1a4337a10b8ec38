package io.camelback.protocol.anthropic.client;

/** Bodies of requests to the Messages API. */
final class AnthropicRequestBodies {
    private AnthropicRequestBodies() {}

    static String with(String fields) {
        String model = fields.contains("'max_tokens'") ? "{'model':'auto'," : "{'model':'auto','max_tokens':9,";
        return model + (fields.contains("'messages'") ? "" : "'messages':[{'role':'user','content':'a'}],") + fields
                + "}";
    }

    static String message(String message) {
        return with("'messages':[" + message + "]");
    }
}
