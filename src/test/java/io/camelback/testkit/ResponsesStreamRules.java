package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What openai-node 7's Responses helper throws on (docs/wire-formats.md 3.7), written after its accumulator: lifecycle,
 * identities, indices and types; and what its users rely on, that the deltas add up to what the ends and the last event
 * say.
 */
public final class ResponsesStreamRules {
    private static final Set<String> LIFECYCLE = Set.of(
            "response.created",
            "response.in_progress",
            "response.queued",
            "response.completed",
            "response.incomplete",
            "response.failed");
    /** By event: the type of its item, and the field that its deltas or its end are about. */
    private static final Map<String, String[]> ABOUT = Map.of(
            "response.output_text", new String[] {"message", "text"},
            "response.refusal", new String[] {"message", "refusal"},
            "response.function_call_arguments", new String[] {"function_call", "arguments"},
            "response.custom_tool_call_input", new String[] {"custom_tool_call", "input"},
            "response.reasoning_summary_text", new String[] {"reasoning", "text"});

    private final List<ObjectNode> items = new ArrayList<>();
    private final Set<Integer> open = new HashSet<>();
    private final Set<String> identities = new HashSet<>();
    private String responseId;
    private ObjectNode last;
    private int number;

    /** @return the last response */
    public static ObjectNode check(String sse) {
        ResponsesStreamRules rules = new ResponsesStreamRules();
        assertThat(sse).endsWith("\n\n").doesNotContain("[DONE]");
        for (WireFixtures.Event event : WireFixtures.events(sse)) {
            rules.event(event.name(), ResponsesFixtures.json(event.data()));
        }
        assertThat(rules.last).as("a terminal event").isNotNull();
        return rules.last;
    }

    private void event(String name, ObjectNode event) {
        String type = event.path("type").asText();
        assertThat(name).as("the name of %s", event).isEqualTo(type);
        assertThat(event.path("sequence_number").isInt())
                .as("number of %s", event)
                .isTrue();
        assertThat(event.path("sequence_number").intValue())
                .as("number of %s", event)
                .isEqualTo(number++);
        assertThat(last).as("nothing after the terminal event, but %s", type).isNull();
        if (LIFECYCLE.contains(type)) {
            lifecycle(type, event.path("response"));
            return;
        }
        assertThat(responseId).as("response.created before %s", type).isNotNull();
        switch (type) {
            case "response.output_item.added" -> added(event);
            case "response.output_item.done" -> done(event);
            case "response.content_part.added", "response.reasoning_summary_part.added" ->
                parts(event).add(event.get("part").deepCopy());
            case "response.content_part.done", "response.reasoning_summary_part.done" ->
                assertThat(part(event)).as("part of %s", event).isEqualTo(event.get("part"));
            case "response.output_text.annotation.added" -> {
                ArrayNode annotations = ((ObjectNode) part(event)).withArrayProperty("annotations");
                assertThat(event.path("annotation_index").intValue())
                        .as("index of %s", event)
                        .isEqualTo(annotations.size());
                annotations.add(event.get("annotation"));
            }
            default -> content(type, event);
        }
    }

    private void lifecycle(String type, JsonNode response) {
        if (responseId == null) {
            assertThat(type).isEqualTo("response.created");
            responseId = response.path("id").asText();
            assertThat(responseId).startsWith("resp_");
        }
        assertThat(response.path("id").asText()).isEqualTo(responseId);
        for (String field : List.of(
                "object",
                "created_at",
                "status",
                "model",
                "output",
                "parallel_tool_calls",
                "tool_choice",
                "tools",
                "temperature",
                "top_p",
                "metadata",
                "instructions",
                "incomplete_details",
                "error",
                "usage")) {
            assertThat(response.has(field)).as("%s of %s", field, response).isTrue();
        }
        if (type.matches("response.(completed|incomplete)")) {
            assertThat(open).as("items still open").isEmpty();
            assertThat(response.path("output"))
                    .as("the whole output")
                    .isEqualTo(Json.object().arrayNode().addAll(items));
            assertThat(response.path("status").asText()).isEqualTo(type.substring("response.".length()));
            last = (ObjectNode) response;
        }
    }

    private void added(ObjectNode event) {
        ObjectNode item = event.get("item").deepCopy();
        assertThat(event.path("output_index").intValue())
                .as("index of %s", event)
                .isEqualTo(items.size());
        assertThat(item.path("id").asText()).as("id of %s", event).isNotEmpty();
        assertThat(identities.add(item.path("id").asText()))
                .as("a new id in %s", event)
                .isTrue();
        if (item.path("type").asText().matches("function_call|custom_tool_call")) {
            assertThat(item.path("call_id").asText()).as("call_id of %s", event).isNotEmpty();
            assertThat(identities.add("call " + item.path("call_id").asText()))
                    .as("a new call_id in %s", event)
                    .isTrue();
        }
        open.add(items.size());
        items.add(item);
    }

    private void done(ObjectNode event) {
        int index = event.path("output_index").intValue();
        ObjectNode item = items.get(index);
        ObjectNode whole = (ObjectNode) event.get("item");
        assertThat(open.remove(index)).as("an end of an open item: %s", event).isTrue();
        ObjectNode grown = item.deepCopy();
        for (String field : List.of("status", "encrypted_content")) {
            if (whole.has(field)) {
                grown.set(field, whole.get(field));
            }
        }
        assertThat(grown).as("what was told of the item").isEqualTo(whole);
        items.set(index, whole.deepCopy());
    }

    private void content(String type, ObjectNode event) {
        String kind = type.replaceFirst("\\.(delta|done)$", "");
        assertThat(ABOUT).as("an event that the helper knows").containsKey(kind);
        String itemType = ABOUT.get(kind)[0];
        String field = ABOUT.get(kind)[1];
        assertThat(item(event).path("type").asText()).as("item of %s", event).isEqualTo(itemType);
        boolean inPart = itemType.equals("message") || itemType.equals("reasoning");
        ObjectNode target = inPart ? (ObjectNode) part(event) : item(event);
        if (itemType.equals("message")) {
            String partType = field.equals("refusal") ? "refusal" : "output_text";
            assertThat(target.path("type").asText()).as("part of %s", event).isEqualTo(partType);
        }
        if (type.endsWith(".delta")) {
            target.put(field, target.path(field).asText() + event.path("delta").asText());
            if (!event.path("logprobs").isEmpty()) {
                target.withArrayProperty("logprobs").addAll((ArrayNode) event.get("logprobs"));
            }
        } else {
            assertThat(target.path(field).asText())
                    .as("what the deltas of %s add up to", event)
                    .isEqualTo(event.path(field).asText());
        }
    }

    private ObjectNode item(ObjectNode event) {
        int index = event.path("output_index").intValue();
        assertThat(open).as("an open item for %s", event).contains(index);
        ObjectNode item = items.get(index);
        assertThat(event.path("item_id").asText())
                .as("item_id of %s", event)
                .isEqualTo(item.path("id").asText());
        return item;
    }

    private ArrayNode parts(ObjectNode event) {
        ArrayNode parts = (ArrayNode) item(event).get(event.has("summary_index") ? "summary" : "content");
        if (event.path("type").asText().endsWith("part.added")) {
            assertThat(partIndex(event)).as("index of %s", event).isEqualTo(parts.size());
        }
        return parts;
    }

    private JsonNode part(ObjectNode event) {
        JsonNode part = parts(event).get(partIndex(event));
        assertThat(part).as("a part for %s", event).isNotNull();
        return part;
    }

    private static int partIndex(ObjectNode event) {
        return event.path(event.has("summary_index") ? "summary_index" : "content_index")
                .intValue();
    }
}
