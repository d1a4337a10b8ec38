package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which call a piece of a streamed tool call belongs to. The index decides where it can be trusted; some servers
 * leave it out or always send 0, so a new id begins a new call, and so does a second named piece within one chunk
 * (docs/wire-formats.md 3.3). A call begins once its name is known; arguments that come earlier are held until then.
 * One per choice.
 */
public final class ToolCallTracker {
    private final List<Call> calls = new ArrayList<>();
    /** The latest call of each index. */
    private final Map<Integer, Call> byIndex = new HashMap<>();
    /** The first call of each id. */
    private final Map<String, Call> byId = new HashMap<>();
    /** Those that have begun and hold something back. */
    private final List<Call> holding = new ArrayList<>();

    private final boolean holds;
    private int started;
    private int chunk;
    private boolean altered;

    /** One call in the making. */
    public static final class Call {
        private final Integer index;
        private final ToolArguments arguments;
        private final StringBuilder untold = new StringBuilder();
        private String id;
        private String name;
        private int number = -1;
        private int lastChunk;

        private Call(Integer index, boolean holds) {
            this.index = index;
            this.arguments = new ToolArguments(holds);
        }

        /** Counts the begun calls of this choice from 0; negative before it has begun. */
        public int number() {
            return number;
        }

        public String id() {
            return id;
        }

        public String name() {
            return name;
        }

        public boolean begun() {
            return number >= 0;
        }

        private boolean complete() {
            return arguments.isComplete();
        }
    }

    /**
     * What a piece brings.
     *
     * @param begins whether the call's name became known with it
     * @param arguments more of the arguments, those held until now included
     */
    public record Step(Call call, boolean begins, String arguments) {}

    /** One that tells all pieces at once. */
    public ToolCallTracker() {
        this(false);
    }

    /**
     * @param holds whether empty arguments are held back, which may be sent before the real ones: then {@link #rest}
     *     tells them
     */
    ToolCallTracker(boolean holds) {
        this.holds = holds;
    }

    /** What was held back of the calls that have begun. @param current one that goes on; null when none does */
    List<Step> rest(Call current) {
        List<Step> steps = new ArrayList<>();
        for (Call call : holding) {
            String rest = call == current ? "" : call.arguments.rest();
            if (!rest.isEmpty()) {
                altered = true;
                steps.add(new Step(call, false, rest));
            }
        }
        holding.removeIf(call -> call != current);
        return steps;
    }

    /** To be told before the pieces of the next chunk are given. */
    public void nextChunk() {
        chunk++;
    }

    boolean any() {
        return started > 0;
    }

    /**
     * Whether the arguments of a call are the beginning of a JSON object and not all of it. Free-form input is not
     * judged.
     */
    boolean isCut() {
        return calls.stream().anyMatch(call -> call.arguments.isCut());
    }

    /** @param answerId makes the id of a call that has none */
    public Step advance(JsonNode entry, String answerId) {
        JsonNode function = function(entry);
        String id = JsonNodes.text(entry, "id");
        String name = JsonNodes.text(function, "name");
        String arguments = arguments(function);
        Call call = find(JsonNodes.index(entry, "index"), id, name, arguments);
        call.lastChunk = chunk;
        if (call.id == null && id != null) {
            identify(call, id);
        }
        call.name = call.name == null ? name : call.name;
        String told = entry.has("custom") ? arguments : call.arguments.add(arguments);
        altered |= !told.equals(arguments);
        if (call.begun()) {
            hold(call);
            return new Step(call, false, told);
        }
        call.untold.append(told);
        if (call.name == null) {
            return new Step(call, false, "");
        }
        call.number = started++;
        if (call.id == null || byId.get(call.id) != call) {
            identify(call, OpenAiCalls.callId(call.number, answerId));
        }
        hold(call);
        return new Step(call, true, call.untold.toString());
    }

    private void hold(Call call) {
        if (call.arguments.isHolding() && !holding.contains(call)) {
            holding.add(call);
        }
    }

    /** Whether, since it was last asked, a call was told in another way than the provider did. */
    boolean wasAltered() {
        boolean was = altered;
        altered = false;
        return was;
    }

    /** The function of a call, or the free-form tool that stands in its place. */
    public static JsonNode function(JsonNode entry) {
        return entry.has("custom") ? entry.path("custom") : entry.path("function");
    }

    public static String arguments(JsonNode function) {
        return JsonNodes.jsonText(function.has("input") ? function.path("input") : function.path("arguments"));
    }

    private Call find(Integer index, String id, String name, String arguments) {
        Call near = index == null ? last() : byIndex.get(index);
        if (id != null) {
            Call known = byId.get(id);
            if (known != null) {
                boolean reused = name != null && index != null && known.index != null && !index.equals(known.index);
                return reused ? begin(index) : known;
            }
            boolean late = near != null
                    && index != null
                    && (name == null || near.id == null && continues(near, name, arguments));
            return late ? near : begin(index);
        }
        boolean same = near != null && (name == null || continues(near, name, arguments));
        return same ? near : begin(index);
    }

    /** Whether a named piece repeats the name of a call that is still open. */
    private boolean continues(Call call, String name, String arguments) {
        if (call.lastChunk == chunk) {
            return false;
        }
        return call.name == null || call.name.equals(name) && (arguments.isEmpty() || !call.complete());
    }

    private Call begin(Integer index) {
        Call call = new Call(index, holds);
        calls.add(call);
        if (index != null) {
            byIndex.put(index, call);
        }
        return call;
    }

    private void identify(Call call, String id) {
        call.id = id;
        byId.putIfAbsent(id, call);
    }

    private Call last() {
        return calls.isEmpty() ? null : calls.get(calls.size() - 1);
    }
}
