package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import io.camelback.dialect.WebSearch;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the functions and how they may be chosen. */
final class GeminiTools {
    static final Pattern NAME = Pattern.compile("[a-zA-Z_][\\w.:-]{0,127}");

    private final List<Tool> tools;
    private final ToolChoice choice;
    private final boolean forceable;

    GeminiTools(List<Tool> tools, ToolChoice choice, Target target) {
        this.tools = tools;
        this.choice = tools.isEmpty() ? null : choice;
        this.forceable = target.takes(Refusal.FORCED_TOOL_CHOICE);
    }

    /** @throws Untranslatable when Gemini would refuse the name: the answer must name the tool as the caller does */
    static void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new Untranslatable("tool name " + name);
        }
    }

    void writeTo(ObjectNode body) {
        if (tools.isEmpty()) {
            return;
        }
        ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
        for (Tool tool : tools) {
            declarations.add(declaration(tool));
        }
        if (choice != null) {
            writeChoice(body.putObject("toolConfig").putObject("functionCallingConfig"));
        }
    }

    static void addSearch(ObjectNode body, WebSearch search) {
        if (!search.allowed().isEmpty() || !search.blocked().isEmpty()) {
            throw new Untranslatable("a search of certain domains");
        }
        body.withArrayProperty("tools").addObject().putObject("googleSearch");
    }

    private static ObjectNode declaration(Tool tool) {
        checkName(tool.name());
        ObjectNode declaration = Json.object().put("name", tool.name());
        if (tool.description() != null && !tool.description().isEmpty()) {
            declaration.put("description", tool.description());
        }
        ObjectNode parameters = tool.parameters() == null ? null : GeminiSchema.parameters(tool.parameters());
        if (parameters != null) {
            declaration.set("parametersJsonSchema", parameters);
        }
        return declaration;
    }

    private void writeChoice(ObjectNode config) {
        if (choice.mode() == ToolChoice.Mode.NONE) {
            config.put("mode", "NONE");
        } else if (choice.forced() && forceable) {
            config.put("mode", "ANY");
            if (choice.name() != null) {
                config.putArray("allowedFunctionNames").add(choice.name());
            }
        } else {
            config.put("mode", "AUTO");
        }
    }

    /** What the system text must say because the request cannot; empty when nothing. */
    String instruction() {
        if (choice == null || !choice.forced() || forceable) {
            return "";
        }
        return mustCall(choice.name());
    }

    /** @param name null for any of the tools */
    static String mustCall(String name) {
        return name == null ? "Answer by calling at least one of the tools." : "Answer by calling the tool " + name + ".";
    }
}
