package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;

/** One item of the output in the making. Its id is the same in all of its events. */
public abstract class OutputItem {
    public static final String IN_PROGRESS = "in_progress";
    public static final String COMPLETED = "completed";
    private final SseEventSequence log;
    private final String id;
    private final int index;
    private ObjectNode whole;

    public OutputItem(SseEventSequence log, String id, int index) {
        this.log = log;
        this.id = id;
        this.index = index;
    }

    /** Null while it is open. */
    public final ObjectNode whole() {
        return whole;
    }

    public final void open() {
        log.add("response.output_item.added", place().set("item", toJson(IN_PROGRESS)));
    }

    /** Does nothing when it is closed. */
    public final void close(String status) {
        if (whole == null) {
            closeContent();
            whole = toJson(status);
            log.add("response.output_item.done", place().set("item", whole));
        }
    }

    /** Tells the ends of what is still open in it. */
    public abstract void closeContent();

    public abstract ObjectNode toJson(String status);

    /** The item's beginning: id and type. */
    public final ObjectNode json(String type) {
        return Json.object().put("id", id).put("type", type);
    }

    /** An event about this item. @param partIndex the name of the field that numbers its parts */
    public final void tell(String type, String partIndex, int part, String field, JsonNode value) {
        log.add(
                type,
                Json.object()
                        .put("item_id", id)
                        .setAll(place().put(partIndex, part).<ObjectNode>set(field, value)));
    }

    public final void tell(String type, ObjectNode fields) {
        log.add(type, Json.object().put("item_id", id).setAll(place().<ObjectNode>setAll(fields)));
    }

    private ObjectNode place() {
        return Json.object().put("output_index", index);
    }
}
