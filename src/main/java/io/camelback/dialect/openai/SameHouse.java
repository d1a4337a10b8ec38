package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Tool;
import io.camelback.dialect.Json;
import io.camelback.dialect.StableId;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import io.camelback.dialect.Wire;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What both of OpenAI's dialects have and no other: hints without a neutral form that a request keeps on its way from Chat
 * Completions to Responses or back, so long as it is OpenAI that gets it; and what they write alike.
 */
public final class SameHouse {
    private static final String TIER = "service_tier";
    /** A tier that Chat Completions does not have. */
    private static final String ONLY_THERE = "ultrafast";
    private static final List<String> FIELDS = List.of(TIER, "prompt_cache_key", "prompt_cache_options");
    private static final String VERBOSITY = "verbosity";
    private static final String TEXT = "text";
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    /** OpenAI answers 400 to longer ids, and Claude Code's are. */
    private static final int MAX_USER = 64;

    private SameHouse() { }

    /** Adds what a Chat Completions request says beside its neutral form to a body for Responses. */
    public static void toResponses(ChatRequest request, ObjectNode body) {
        ObjectNode from = original(request, OpenAiDialect.NAME);
        copy(from, body);
        if (Wire.has(from, VERBOSITY)) {
            body.withObjectProperty(TEXT).set(VERBOSITY, from.get(VERBOSITY));
        }
    }

    /** Adds what a Responses request says beside its neutral form to a body for Chat Completions. */
    static void toChat(ChatRequest request, ObjectNode body) {
        ObjectNode from = original(request, "responses");
        copy(from, body);
        if (ONLY_THERE.equals(body.path(TIER).asText())) {
            body.remove(TIER);
        }
        JsonNode text = from.path(TEXT);
        if (Wire.has(text, VERBOSITY)) {
            body.set(VERBOSITY, text.get(VERBOSITY));
        }
    }

    /** The caller's user as OpenAI takes it; null when none was said. */
    public static String user(ChatRequest request) {
        String user = request.user();
        return user != null && user.length() > MAX_USER ? StableId.of(user, 32) : user;
    }

    /**
     * Adds name, description and parameters of a function.
     *
     * @throws Untranslatable when OpenAI would refuse the name
     */
    public static ObjectNode describe(Tool tool, Target target, ObjectNode function) {
        if (Providers.isOpenAi(target) && !TOOL_NAME.matcher(tool.name()).matches()) {
            throw new Untranslatable("a tool name other than 1 to 64 letters, digits, _ and -");
        }
        function.put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() == null) {
            function.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            function.set("parameters", tool.parameters());
        }
        return function;
    }

    /** Empty when the request came in another dialect. */
    private static ObjectNode original(ChatRequest request, String dialect) {
        ChatRequest.Original original = request.original();
        return original != null && dialect.equals(original.dialect()) ? original.body() : Json.object();
    }

    private static void copy(ObjectNode from, ObjectNode to) {
        for (String field : FIELDS) {
            if (Wire.has(from, field)) {
                to.set(field, from.get(field));
            }
        }
    }
}
