package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.openai.responses.GeneratedImageItem;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CallerTools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The output of an answer in the making: items in the order they began. A message or a reasoning ends when something
 * else begins. A call does so once its arguments are complete, since some servers send the pieces of several calls in
 * turn.
 */
final class ResponseOutputBuilder {
    private final List<OutputItem> items = new ArrayList<>();
    private final Map<Integer, FunctionCallItem> calls = new HashMap<>();
    private final Set<String> callIds = new HashSet<>();
    private final SseEventSequence log;
    private final AnswerIds ids;
    private final CallerTools tools;
    private boolean refused;
    /** What the messages from here on are for; null when the provider does not tell. */
    private String phase;
    /** Characters of text in all messages. */
    private int said;

    ResponseOutputBuilder(SseEventSequence log, AnswerIds ids, CallerTools tools) {
        this.log = log;
        this.ids = ids;
        this.tools = tools;
    }

    void text(String delta) {
        if (!delta.isEmpty()) {
            message().say(delta, false);
            said += delta.length();
        }
    }

    /** Of the message that begins now. */
    void phase(String begun) {
        settle();
        phase = begun;
    }

    /** Of the text that comes next. */
    void logprobs(List<TokenLogprob> tokens) {
        message().weigh(tokens);
    }

    /** A citation of an earlier message than the last, which has been told whole, is left out. */
    void cite(Citation citation) {
        if (open() instanceof MessageItem item) {
            item.cite(citation, said);
        }
    }

    void image(Part.Image image) {
        String id = ids.item(GeneratedImageItem.MADE, items.size());
        ObjectNode node = GeneratedImageItem.write(image, id);
        if (node != null) {
            whole(id, node);
        }
    }

    /** An item as another server of this dialect has told it. */
    void opaque(ObjectNode item) {
        String id = JsonNodes.text(item, "id");
        whole(id == null ? ids.item("item_", items.size()) : id, item);
    }

    private void whole(String id, ObjectNode node) {
        settle();
        open(new AtomicItem(log, id, items.size(), node)).close(OutputItem.COMPLETED);
    }

    void refusal(String delta) {
        if (!delta.isEmpty()) {
            refused = true;
            message().say(delta, true);
        }
    }

    boolean refused() {
        return refused;
    }

    void thinking(String delta) {
        if (!delta.isEmpty()) {
            reasoning().think(delta);
        }
    }

    /**
     * What the provider wants back with the thinking so far, which ends with it. @param encrypted null when it is of no
     * use
     */
    void signed(String encrypted) {
        if (encrypted != null) {
            ReasoningItem item = reasoning();
            item.encrypted(encrypted);
            item.close(OutputItem.COMPLETED);
        }
    }

    /** A whole reasoning without words. */
    void state(String encrypted) {
        settle();
        signed(encrypted);
    }

    /**
     * @param id null when the provider gives none. @param signature what it wants back with this call; null when
     *     nothing
     */
    void call(int number, String id, String name, String signature) {
        if (calls.containsKey(number)) {
            return;
        }
        String callId = uniqueId(id);
        settle();
        if (signature != null) {
            state(ReasoningState.encryptedCall(callId, signature));
        }
        FunctionCallItem item = new FunctionCallItem(log, ids, items.size(), callId, name, tools.byFunctionName(name));
        calls.put(number, item);
        open(item);
    }

    /** Clients tell calls apart by their ids and throw on a second of the same. */
    private String uniqueId(String id) {
        String unique = id == null || id.isEmpty() ? ids.item("call_", items.size()) : id;
        while (!callIds.add(unique)) {
            unique += "_" + items.size();
        }
        return unique;
    }

    void arguments(int number, String delta) {
        FunctionCallItem item = calls.get(number);
        if (item != null && item.whole() == null) {
            item.arguments(delta);
        }
    }

    /** Ends all items. @param complete whether the last one is whole */
    void close(boolean complete) {
        for (OutputItem item : items) {
            boolean last = item == items.get(items.size() - 1);
            item.close(complete || !last ? OutputItem.COMPLETED : "incomplete");
        }
    }

    /** The items that have ended. */
    ArrayNode toJson() {
        ArrayNode output = JsonNodes.array();
        for (OutputItem item : items) {
            if (item.whole() != null) {
                output.add(item.whole());
            }
        }
        return output;
    }

    private MessageItem message() {
        if (open() instanceof MessageItem item) {
            return item;
        }
        settle();
        return open(new MessageItem(log, ids, items.size(), phase));
    }

    private ReasoningItem reasoning() {
        if (open() instanceof ReasoningItem item) {
            return item;
        }
        settle();
        return open(new ReasoningItem(log, ids, items.size()));
    }

    /** The last item while it is open; null otherwise. */
    private OutputItem open() {
        OutputItem last = items.isEmpty() ? null : items.get(items.size() - 1);
        return last == null || last.whole() != null ? null : last;
    }

    private <T extends OutputItem> T open(T item) {
        items.add(item);
        item.open();
        return item;
    }

    private void settle() {
        for (OutputItem item : items) {
            if (item.whole() == null && (!(item instanceof FunctionCallItem call) || call.isComplete())) {
                item.close(OutputItem.COMPLETED);
            }
        }
    }
}
