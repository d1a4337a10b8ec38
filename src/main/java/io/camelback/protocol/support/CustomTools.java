package io.camelback.protocol.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Free-form tools of OpenAI's dialects, whose input is plain text: Codex edits files with one. To other dialects such a
 * tool is a function whose one argument is that text, and a call of it becomes a call of the free-form tool again.
 */
public final class CustomTools {
    /** Of a request without any. */
    public static final CustomTools NONE = new CustomTools();

    private static final String INPUT = "input";
    private static final String CUSTOM = "custom";

    private final Set<String> names = new HashSet<>();

    private CustomTools() {}

    /**
     * Those of a request that came in one of OpenAI's dialects.
     *
     * @param request null when it is not known: then no tool is free-form
     * @param dialect the caller's
     */
    public static CustomTools of(ChatRequest request, String dialect) {
        ChatRequest.Original original = request == null ? null : request.original();
        CustomTools tools = new CustomTools();
        CallerTools.of(request).entries().stream()
                .filter(entry -> entry.kind() == CallerTools.Kind.CUSTOM)
                .forEach(entry -> tools.names.add(entry.functionName()));
        if (original != null && dialect.equals(original.dialect()) && !dialect.equals(ProtocolNames.RESPONSES)) {
            for (JsonNode tool : original.body().path("tools")) {
                if (tool.path("type").asText().equals(CUSTOM)) {
                    tools.names.add((tool.has("name") ? tool : tool.path(CUSTOM))
                            .path("name")
                            .asText());
                }
            }
        }
        return tools;
    }

    public boolean contains(String name) {
        return names.contains(name);
    }

    /**
     * The tool as a function. A grammar that its input must obey is told in words.
     *
     * @param description null when not said
     * @param syntax the grammar's kind
     * @param grammar null when any text will do
     */
    public static Tool function(String name, String description, String syntax, String grammar) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties")
                .putObject(INPUT)
                .put("type", "string")
                .put("description", "The whole input of the tool, as plain text.");
        schema.putArray("required").add(INPUT);
        String rule = grammar == null ? null : "The input must match this " + syntax + " grammar:\n" + grammar;
        String told = Stream.of(description, rule).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
        return new Tool(name, description == null && rule == null ? null : told, schema, null);
    }

    /** The text as the arguments of a function. */
    public static String wrap(String input) {
        return Json.text(Json.object().put(INPUT, input));
    }

    /** The text in a call's arguments; the arguments themselves when they are not what was asked for. */
    public static String unwrap(String arguments) {
        try {
            JsonNode read = Json.read(arguments);
            JsonNode input = read.isTextual() ? read : read.path(INPUT);
            return input.isTextual() ? input.textValue() : arguments;
        } catch (JsonProcessingException plainText) {
            return arguments;
        }
    }
}
