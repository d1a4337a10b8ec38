package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.OpenAiSharedFields;
import io.camelback.protocol.support.UniqueTools;
import java.util.List;
import java.util.Set;

/**
 * A caller's own tools, as the target's server takes them: in Chat Completions' nested form, without private fields,
 * with schemas it does not refuse. Without any tool there is no choice among them either.
 *
 * @see ProviderLimit
 */
final class OpenAiOriginalTools {
    private static final String FUNCTION = "function";
    private static final String PARAMETERS = "parameters";
    private static final List<String> NEEDLESS = List.of("tools", "tool_choice", "parallel_tool_calls");
    private static final List<String> OLD_NEEDLESS = List.of("functions", "function_call");
    private static final Set<String> KNOWN = Set.of("type", FUNCTION, "custom", "cache_control");

    private OpenAiOriginalTools() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body, ProviderModel target) {
        Set<ProviderLimit> limits = ProviderLimit.of(ProtocolNames.OPENAI, target.provider());
        if (body.path("functions").isEmpty()) {
            body.remove(OLD_NEEDLESS);
        } else {
            body.set(
                    "functions",
                    OpenAiSharedFields.fitTools((ArrayNode) body.get("functions"), target, ProtocolNames.OPENAI, null));
        }
        if (!(body.get("tools") instanceof ArrayNode tools) || tools.isEmpty()) {
            body.remove(NEEDLESS);
            return;
        }
        ArrayNode nested = JsonNodes.map(tools, OpenAiOriginalTools::nested);
        if (limits.contains(ProviderLimit.UNKNOWN_FIELDS)) {
            nested = JsonNodes.map(nested, OpenAiOriginalTools::known);
        }
        if (limits.contains(ProviderLimit.REPEATED_TOOLS)) {
            nested = UniqueTools.once(nested, OpenAiOriginalTools::name);
        }
        nested = OpenAiSharedFields.fitTools(nested, target, ProtocolNames.OPENAI, FUNCTION);
        if (nested != tools) {
            body.set("tools", nested);
        }
        if (body.get("tool_choice") instanceof ObjectNode choice) {
            body.set("tool_choice", nestedChoice(choice));
        }
    }

    /** Cursor sends the flat form of Responses beside the nested one; parameters that are null are none. */
    private static ObjectNode nested(ObjectNode tool) {
        String type = tool.path("type").asText();
        boolean flat = (type.equals(FUNCTION) || type.equals("custom")) && !tool.has(type) && tool.has("name");
        ObjectNode nested = flat ? Json.object().put("type", type).set(type, JsonNodes.without(tool, "type")) : tool;
        return nested.path(FUNCTION).path(PARAMETERS).isNull()
                ? JsonNodes.with(nested, FUNCTION, JsonNodes.without((ObjectNode) nested.get(FUNCTION), PARAMETERS))
                : nested;
    }

    private static String name(ObjectNode tool) {
        return JsonNodes.text(tool.path(tool.path("type").asText()), "name");
    }

    private static ObjectNode nestedChoice(ObjectNode choice) {
        String type = choice.path("type").asText();
        boolean flat = (type.equals(FUNCTION) || type.equals("custom")) && !choice.has(type) && choice.has("name");
        return flat ? Json.object().put("type", type).set(type, Json.object().set("name", choice.get("name"))) : choice;
    }

    /** Tools of types that the caller does not run are the server's own and stay. */
    private static ObjectNode known(ObjectNode tool) {
        if (!(tool.get(FUNCTION) instanceof ObjectNode function)) {
            return tool;
        }
        ObjectNode result = JsonNodes.without(tool, (name, value) -> !KNOWN.contains(name));
        ObjectNode inner = JsonNodes.withoutNulls(function);
        return inner == function ? result : JsonNodes.with(result, FUNCTION, inner);
    }
}
