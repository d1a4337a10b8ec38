package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.CustomTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code chat.completion.chunk}s of neutral events: the same id, time and model in all, the role first, one
 * finish per choice and that last (docs/wire-formats.md 3.3 and 3.7). Signed thinking goes out whole in
 * {@code thinking_blocks}, LiteLLM's field, so that a caller who sends its messages back gives the signature back too.
 */
public final class ChunkBuilder {
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private final CustomTools customs;
    private List<ObjectNode> made = new ArrayList<>();
    private String id;
    private long created;
    private String model;

    /** What has been said of one choice. */
    private static final class Choice {
        /** By call: whether it has arguments yet. */
        private final Map<Integer, Boolean> calls = new TreeMap<>();

        private final StringBuilder thinking = new StringBuilder();
        private final CitationOffsets said = new CitationOffsets();
        /** By call: the arguments of free-form ones, whose text is known when they are whole. */
        private final Map<Integer, StringBuilder> inputs = new TreeMap<>();

        private int blocks;
        private FinishReason finish;
        private boolean closed;
    }

    public ChunkBuilder(String id, long created, String model, CustomTools customs) {
        this.customs = customs;
        this.id = id;
        this.created = created;
        this.model = model;
    }

    /** Takes id, time and model from a chunk that is relayed, so that what is made after it matches. */
    public void adopt(ObjectNode chunk) {
        id = JsonNodes.text(chunk, "id") == null ? id : JsonNodes.text(chunk, "id");
        model = JsonNodes.text(chunk, "model") == null ? model : JsonNodes.text(chunk, "model");
        created = Json.count(chunk, "created") == 0 ? created : Json.count(chunk, "created");
    }

    /** A choice that is relayed needs no role, and no finish once that was relayed too. */
    public void relayed(int index, boolean finished) {
        choices.computeIfAbsent(index, any -> new Choice()).closed |= finished;
    }

    /** The chunks for an event; none for what only counts at the end. */
    public List<ObjectNode> of(StreamEvent event) {
        if (event instanceof StreamEvent.Started started) {
            model = started.model() == null ? model : started.model();
            begin(0);
        } else if (event instanceof StreamEvent.TextDelta text) {
            begin(text.choice()).said.add(text.text());
            say(text.choice(), Json.object().put("content", text.text()));
        } else if (event instanceof StreamEvent.RefusalDelta refusal) {
            say(refusal.choice(), Json.object().put("refusal", refusal.text()));
        } else if (event instanceof StreamEvent.ThinkingDelta thinking) {
            begin(thinking.choice()).thinking.append(thinking.text());
            say(thinking.choice(), Json.object().put("reasoning_content", thinking.text()));
        } else if (event instanceof StreamEvent.ThinkingSigned signed) {
            sign(begin(signed.choice()), signed);
        } else if (event instanceof StreamEvent.ThinkingRedacted redacted) {
            block(redacted.choice(), ThinkingBlocks.redacted(redacted.data()), redacted.origin());
        } else if (event instanceof StreamEvent.ToolCallStarted started) {
            startCall(started);
        } else if (event instanceof StreamEvent.ToolCallDelta call
                && !call.arguments().isEmpty()) {
            addArguments(begin(call.choice()), call);
        } else if (event instanceof StreamEvent.Finished finished) {
            Choice choice = begin(finished.choice());
            choice.finish = choice.finish == null ? finished.finish() : choice.finish;
        } else {
            beside(event);
        }
        return drain();
    }

    /** What comes beside the words. */
    private void beside(StreamEvent event) {
        if (event instanceof StreamEvent.LogprobsDelta delta) {
            begin(delta.choice());
            ObjectNode chunk = chunk(delta.choice(), Json.object(), null);
            ((ObjectNode) chunk.get("choices").get(0)).set("logprobs", OpenAiAnswerWriter.logprobs(delta.tokens()));
            made.add(chunk);
        } else if (event instanceof StreamEvent.Cited cited) {
            CitationOffsets said = begin(cited.choice()).said;
            say(
                    cited.choice(),
                    Json.object().set("annotations", CitationAnnotations.write(List.of(cited.citation()), said)));
        } else if (event instanceof StreamEvent.ImageShown shown && OpenAiAnswerImages.write(shown.image()) != null) {
            say(
                    shown.choice(),
                    Json.object().set("images", JsonNodes.array().add(OpenAiAnswerImages.write(shown.image()))));
        } else if (event instanceof StreamEvent.OpaqueContent opaque && opaque.isOf(ProtocolNames.OPENAI)) {
            say(opaque.choice(), opaque.part().node());
        }
    }

    /** What closes every choice that was not closed by a relayed chunk. */
    public List<ObjectNode> finishes() {
        choices.forEach((index, choice) -> {
            if (!choice.closed) {
                choice.closed = true;
                close(index, choice);
            }
        });
        return drain();
    }

    public ObjectNode usage(Usage usage) {
        ObjectNode chunk = shell();
        chunk.putArray("choices");
        chunk.set("usage", OpenAiUsage.write(usage));
        return chunk;
    }

    private void close(int index, Choice choice) {
        choice.inputs.forEach((call, input) -> say(index, input(call, CustomTools.unwrap(input.toString()))));
        choice.calls.forEach((call, hasArguments) -> {
            if (!hasArguments) {
                say(index, arguments(call, "{}"));
            }
        });
        boolean calls = !choice.calls.isEmpty();
        FinishReason finish = choice.finish == null ? OpenAiFinishReason.read(null, calls) : choice.finish;
        made.add(chunk(index, Json.object(), OpenAiFinishReason.write(finish, calls)));
    }

    private Choice begin(int index) {
        Choice choice = choices.get(index);
        if (choice == null) {
            choice = new Choice();
            choices.put(index, choice);
            made.add(chunk(
                    index,
                    Json.object().put("role", "assistant").put("content", "").putNull("refusal"),
                    null));
        }
        return choice;
    }

    private void say(int index, ObjectNode delta) {
        begin(index);
        made.add(chunk(index, delta, null));
    }

    private void sign(Choice choice, StreamEvent.ThinkingSigned signed) {
        String thinking = choice.thinking.toString();
        choice.thinking.setLength(0);
        block(signed.choice(), ThinkingBlocks.signed(thinking, signed.signature()), signed.origin());
    }

    private void block(int index, ObjectNode block, String origin) {
        if (ThinkingBlocks.ORIGIN.equals(origin)) {
            ObjectNode delta = Json.object();
            delta.putArray("thinking_blocks").add(block.put("index", begin(index).blocks++));
            say(index, delta);
        }
    }

    private void startCall(StreamEvent.ToolCallStarted started) {
        Choice choice = begin(started.choice());
        boolean custom = customs.contains(started.name());
        choice.calls.put(started.call(), custom);
        if (custom) {
            choice.inputs.put(started.call(), new StringBuilder());
        }
        ObjectNode call = custom
                ? OpenAiCalls.custom(started.id(), started.name(), "", started.signature())
                : OpenAiCalls.write(started.id(), started.name(), "", started.signature());
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls")
                .add(Json.object().put("index", started.call()).setAll(call));
        say(started.choice(), delta);
    }

    private void addArguments(Choice choice, StreamEvent.ToolCallDelta call) {
        StringBuilder input = choice.inputs.get(call.call());
        if (input != null) {
            input.append(call.arguments());
        } else {
            choice.calls.put(call.call(), true);
            say(call.choice(), arguments(call.call(), call.arguments()));
        }
    }

    private static ObjectNode input(int call, String text) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", call)
                .putObject("custom")
                .put("input", text);
        return delta;
    }

    private static ObjectNode arguments(int call, String arguments) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", call)
                .putObject("function")
                .put("arguments", arguments);
        return delta;
    }

    private ObjectNode chunk(int index, ObjectNode delta, String finish) {
        ObjectNode chunk = shell();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish);
        return chunk;
    }

    private ObjectNode shell() {
        return Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", model);
    }

    private List<ObjectNode> drain() {
        List<ObjectNode> result = made;
        made = new ArrayList<>();
        return result;
    }
}
