package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.StableId;

/** How a tool call is written. */
public final class OpenAiCalls {
    private OpenAiCalls() {}

    /** @param signature goes where Google's own compatible endpoint puts it; null when there is none */
    public static ObjectNode write(String id, String name, String arguments, String signature) {
        ObjectNode call = Json.object().put("id", id).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        return signed(call, signature);
    }

    /** A call of a free-form tool. @param input may be empty while it is not known */
    static ObjectNode custom(String id, String name, String input, String signature) {
        ObjectNode call = Json.object().put("id", id).put("type", "custom");
        call.putObject("custom").put("name", name).put("input", input);
        return signed(call, signature);
    }

    private static ObjectNode signed(ObjectNode call, String signature) {
        if (signature != null) {
            call.putObject("extra_content").putObject("google").put("thought_signature", signature);
        }
        return call;
    }

    /** An id for a call whose provider gave none: the same for the same answer, so that a later turn finds it again. */
    public static String callId(int number, String answerId) {
        return "call_" + number + "_" + StableId.of(String.valueOf(answerId), 12);
    }
}
