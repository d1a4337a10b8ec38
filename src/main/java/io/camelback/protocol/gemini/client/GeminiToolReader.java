package io.camelback.protocol.gemini.client;

import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.OpenApiSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the functions and how they may be chosen. Google's own tools ({@code googleSearch} and the like) have no
 * neutral form: they stay in the original, for Gemini alone.
 */
final class GeminiToolReader {
    private static final int MOST_NAMES = 1024;
    private final GeminiFields request;
    private final List<Tool> tools = new ArrayList<>();
    private boolean any;

    GeminiToolReader(GeminiFields request) {
        this.request = request;
    }

    void read(ChatRequestBuilder builder) {
        for (GeminiFields tool : request.list("tools")) {
            any |= !tool.node().isEmpty();
            tool.list("functionDeclarations").forEach(declaration -> tools.add(tool(declaration)));
        }
        GeminiFields config = request.object("toolConfig");
        GeminiFields calling = config == null ? null : config.object("functionCallingConfig");
        ToolChoice choice = calling == null ? null : choice(calling);
        tools.forEach(builder::tool);
        builder.toolChoice(tools.isEmpty() ? null : choice);
    }

    private static Tool tool(GeminiFields declaration) {
        GeminiFields openApi = declaration.object("parameters");
        GeminiFields jsonSchema = declaration.object("parametersJsonSchema");
        if (openApi != null && jsonSchema != null) {
            throw declaration.invalid("parametersJsonSchema", "must not stand beside parameters");
        }
        return new Tool(
                declaration.name("name"),
                declaration.string("description"),
                jsonSchema != null
                        ? jsonSchema.node()
                        : openApi == null ? null : OpenApiSchema.toJsonSchema(openApi.node()),
                null);
    }

    private ToolChoice choice(GeminiFields calling) {
        String mode = calling.string("mode");
        List<String> allowed = calling.strings("allowedFunctionNames", MOST_NAMES);
        switch (mode == null ? "" : mode.toUpperCase(Locale.ROOT)) {
            case "", "MODE_UNSPECIFIED", "AUTO":
                return ToolChoice.AUTO;
            case "NONE":
                return ToolChoice.NONE;
            case "VALIDATED":
                offerOnly(calling, allowed);
                return ToolChoice.AUTO;
            case "ANY":
                return forced(calling, allowed);
            default:
                throw calling.invalid("mode", "must be one of AUTO, ANY, NONE, VALIDATED");
        }
    }

    private ToolChoice forced(GeminiFields calling, List<String> allowed) {
        if (!any) {
            throw calling.invalid("mode", "demands a function, but the request declares none");
        }
        if (allowed.size() == 1) {
            requireDeclared(calling, allowed.get(0));
            return ToolChoice.named(allowed.get(0));
        }
        offerOnly(calling, allowed);
        return ToolChoice.REQUIRED;
    }

    /** No other dialect can allow some of its tools only, so those that are not allowed are not offered. */
    private void offerOnly(GeminiFields calling, List<String> allowed) {
        allowed.forEach(name -> requireDeclared(calling, name));
        if (!allowed.isEmpty()) {
            tools.removeIf(tool -> !allowed.contains(tool.name()));
        }
    }

    private void requireDeclared(GeminiFields calling, String name) {
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw calling.invalid("allowedFunctionNames", "names a function that is not declared");
        }
    }
}
