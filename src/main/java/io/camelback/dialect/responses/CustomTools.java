package io.camelback.dialect.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Tool;
import io.camelback.dialect.Json;
import io.camelback.dialect.openai.Fields;
import java.util.HashSet;
import java.util.Set;

/**
 * Free-form tools, whose input is plain text: Codex edits files with one. To other dialects such a tool is a function whose
 * one argument is that text, and a call of it becomes a call of the free-form tool again.
 */
final class CustomTools {
    private static final String INPUT = "input";
    private final Set<String> names = new HashSet<>();

    /** @param request null when it is not known: then no tool is free-form */
    CustomTools(ChatRequest request) {
        ChatRequest.Original original = request == null ? null : request.original();
        if (original != null && ResponsesDialect.NAME.equals(original.dialect())) {
            for (JsonNode tool : original.body().path("tools")) {
                if (tool.path("type").asText().equals("custom")) {
                    names.add(tool.path("name").asText());
                }
            }
        }
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    /** The tool as a function. A grammar that its input must obey is told in words. */
    static Tool function(Fields tool) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject(INPUT).put("type", "string")
                .put("description", "The whole input of the tool, as plain text.");
        schema.putArray("required").add(INPUT);
        String description = tool.string("description");
        Fields format = tool.object("format");
        if (format != null && "grammar".equals(format.string("type")) && format.string("definition") != null) {
            String grammar = "The input must match this " + format.string("syntax") + " grammar:\n" + format.string("definition");
            description = description == null ? grammar : description + "\n\n" + grammar;
        }
        return new Tool(tool.name("name"), description, schema, null);
    }

    static String wrap(String input) {
        return Json.text(Json.object().put(INPUT, input));
    }

    /** The text in a call's arguments; the arguments themselves when they are not what was asked for. */
    static String unwrap(String arguments) {
        try {
            JsonNode read = Json.read(arguments);
            JsonNode input = read.isTextual() ? read : read.path(INPUT);
            return input.isTextual() ? input.textValue() : arguments;
        } catch (JsonProcessingException plainText) {
            return arguments;
        }
    }
}
