package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.ToolSchemaAdapter;
import io.camelback.protocol.support.WebSearchTool;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code tools} and {@code tool_choice}. */
final class AnthropicTools {
    /** The form every model takes; newer ones take 128 characters. */
    private static final Set<ToolSchemaAdapter.Rule> TRANSLATED =
            Set.of(ToolSchemaAdapter.Rule.MODERN, ToolSchemaAdapter.Rule.PLAIN_ROOT);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final ChatRequest request;
    private final ProviderModel target;

    AnthropicTools(ChatRequest request, ProviderModel target) {
        this.request = request;
        this.target = target;
    }

    /** Whether a tool choice that forces a call is sent. */
    boolean forcesCall() {
        return wantsForcedCall() && target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE);
    }

    /** The line that stands in for a forced choice the model refuses. */
    Optional<String> instruction() {
        if (!wantsForcedCall() || forcesCall()) {
            return Optional.empty();
        }
        return Optional.of(
                request.toolChoice().name() != null
                        ? "You must call the tool " + request.toolChoice().name() + " in this answer."
                        : "You must call at least one of these tools in this answer: "
                                + request.tools().stream().map(Tool::name).collect(Collectors.joining(", ")) + ".");
    }

    private boolean wantsForcedCall() {
        return !request.tools().isEmpty()
                && request.toolChoice() != null
                && request.toolChoice().forced();
    }

    /**
     * @param history the repaired conversation, whose calls need a definition each even when the caller offers no tools
     *     now
     */
    void write(ObjectNode body, List<Message> history) {
        Set<String> called = calledIn(history);
        if (request.tools().isEmpty() && called.isEmpty()) {
            return;
        }
        if (!target.supports(UnsupportedParameter.TOOLS)) {
            throw new UnsupportedFeatureException("tools");
        }
        ArrayNode tools = body.putArray("tools");
        if (request.tools().isEmpty()) {
            called.forEach(name -> tools.add(definition(new Tool(name, null, null, null))));
            body.putObject("tool_choice").put("type", "none");
            return;
        }
        request.tools().forEach(tool -> tools.add(definition(tool)));
        writeChoice(body);
    }

    /** The oldest form of the search, which every model that has one takes. Of two lists of domains it takes one. */
    static void addSearch(ObjectNode body, WebSearchTool search) {
        ObjectNode tool = Json.object().put("type", "web_search_20250305").put("name", "web_search");
        if (!search.allowed().isEmpty()) {
            search.allowed().forEach(tool.putArray("allowed_domains")::add);
        } else if (!search.blocked().isEmpty()) {
            search.blocked().forEach(tool.putArray("blocked_domains")::add);
        }
        if (search.location() != null) {
            tool.set("user_location", search.location());
        }
        body.withArrayProperty("tools").add(tool);
        body.remove("tool_choice");
    }

    private static Set<String> calledIn(List<Message> history) {
        Set<String> names = new LinkedHashSet<>();
        for (Message message : history) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(checkedName(call.name()));
                }
            }
        }
        return names;
    }

    private ObjectNode definition(Tool tool) {
        ObjectNode definition = Json.object();
        definition.put("name", checkedName(tool.name()));
        if (tool.description() != null && !tool.description().isBlank()) {
            definition.put("description", tool.description());
        }
        Optional<ObjectNode> strict =
                Boolean.TRUE.equals(tool.strict()) && target.supports(UnsupportedParameter.STRICT_TOOLS)
                        ? AnthropicSchema.adapt(objectSchema(tool.parameters()))
                        : Optional.empty();
        definition.set("input_schema", strict.orElseGet(() -> objectSchema(tool.parameters())));
        if (strict.isPresent()) {
            definition.put("strict", true);
        }
        CacheControlFields.write(definition, tool.mark());
        return definition;
    }

    /** Names are fitted before, by ToolNames, which gives them back: here is no state to do so. */
    private static String checkedName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new UnsupportedFeatureException("tool name " + name);
        }
        return name;
    }

    private static ObjectNode objectSchema(ObjectNode parameters) {
        return ToolSchemaAdapter.fit(withType(parameters), TRANSLATED);
    }

    private static ObjectNode withType(ObjectNode parameters) {
        if (parameters != null && parameters.has("type")) {
            return parameters;
        }
        ObjectNode schema = Json.object();
        schema.put("type", "object");
        if (parameters == null || parameters.isEmpty()) {
            schema.putObject("properties");
            return schema;
        }
        return schema.setAll(parameters);
    }

    private void writeChoice(ObjectNode body) {
        ToolChoice choice = request.toolChoice();
        boolean oneAtATime = Boolean.FALSE.equals(request.parallelCalls())
                && target.supports(UnsupportedParameter.PARALLEL_TOOL_CALLS);
        if (choice == null && !oneAtATime) {
            return;
        }
        ObjectNode written = body.putObject("tool_choice");
        written.put("type", choiceType(choice));
        if (forcesCall() && choice.mode() == ToolChoice.Mode.NAMED) {
            written.put("name", checkedName(choice.name()));
        }
        if (oneAtATime && (choice == null || choice.mode() != ToolChoice.Mode.NONE)) {
            written.put("disable_parallel_tool_use", true);
        }
    }

    private String choiceType(ToolChoice choice) {
        if (choice == null || choice.forced() && !forcesCall()) {
            return "auto";
        }
        return switch (choice.mode()) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> "any";
            case NAMED -> "tool";
        };
    }
}
