package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.WebSearchTool;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the functions and how they may be chosen. */
public final class GeminiTools {
    public static final Pattern NAME = Pattern.compile("[a-zA-Z_][\\w.:-]{0,127}");

    private final List<Tool> tools;
    private final ToolChoice choice;
    private final boolean forceable;

    public GeminiTools(List<Tool> tools, ToolChoice choice, ProviderModel target) {
        this.tools = tools;
        this.choice = tools.isEmpty() ? null : choice;
        this.forceable = target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE);
    }

    /**
     * @throws UnsupportedFeatureException when Gemini would refuse the name: the answer must name the tool as the
     *     caller does
     */
    static void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new UnsupportedFeatureException("tool name " + name);
        }
    }

    public void writeTo(ObjectNode body) {
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

    public static void addSearch(ObjectNode body, WebSearchTool search) {
        if (!search.allowed().isEmpty() || !search.blocked().isEmpty()) {
            throw new UnsupportedFeatureException("a search of certain domains");
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
    public String instruction() {
        if (choice == null || !choice.forced() || forceable) {
            return "";
        }
        return mustCall(choice.name());
    }

    /** @param name null for any of the tools */
    public static String mustCall(String name) {
        return name == null
                ? "Answer by calling at least one of the tools."
                : "Answer by calling the tool " + name + ".";
    }
}
