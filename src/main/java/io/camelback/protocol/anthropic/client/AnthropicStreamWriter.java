package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.anthropic.AnthropicUsage;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.List;
import java.util.Set;

/**
 * Writes a stream for a caller of the Messages API. An event of the same dialect is relayed unchanged, but for counts
 * that the official clients cannot do without; other events are made of what the chunks mean, and the finish is held
 * until the end, because usage may come after it.
 */
final class AnthropicStreamWriter implements StreamWriter {
    /** Their clients read the usage in them without asking whether it is there. */
    private static final Set<String> COUNTING = Set.of("message_start", "message_delta");

    private final String requestId;
    private final AnthropicEventBuilder maker;
    private final EmptyBlockFilter blocks = new EmptyBlockFilter();
    private ObjectNode held;
    private String heldData;
    /** What came while the beginning of a block was held back, and belongs behind it. */
    private final StringBuilder waiting = new StringBuilder();

    private Usage usage;
    private boolean relayed;
    private boolean started;
    private boolean stopped;

    AnthropicStreamWriter(ChatRequest request, String requestId) {
        this.requestId = requestId;
        this.maker = new AnthropicEventBuilder(requestId, request.model());
    }

    @Override
    public String write(StreamChunk chunk) {
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.UsageReported reported) {
                usage = reported.usage();
                maker.usage(usage);
            }
        }
        if (ProtocolNames.ANTHROPIC.equals(chunk.dialect()) && chunk.data() != null) {
            relayed = true;
            return relay(chunk);
        }
        StringBuilder text = new StringBuilder();
        chunk.events().forEach(event -> append(text, maker.of(event)));
        return text.toString();
    }

    /** Nothing follows the end, and nothing begins twice. */
    private String relay(StreamChunk chunk) {
        ObjectNode parsed = chunk.name() == null
                        || COUNTING.contains(chunk.name())
                        || blocks.concerns(chunk.name())
                        || chunk.data().indexOf('\n') >= 0
                ? parse(chunk.data())
                : null;
        String type =
                parsed != null && Json.string(parsed, "type") != null ? Json.string(parsed, "type") : chunk.name();
        boolean again = "message_start".equals(type) && started;
        if (type == null || stopped || again) {
            return "";
        }
        started |= type.equals("message_start");
        stopped = type.equals("message_stop");
        if (parsed == null) {
            if (!blocks.holds()) {
                return event(type, chunk.data());
            }
            waiting.append(event(type, chunk.data()));
            return "";
        }
        if (blocks.concerns(type)) {
            return relay(type, chunk.data(), parsed);
        }
        ObjectNode counted = counted(type, parsed);
        boolean unchanged = counted == parsed && chunk.data().indexOf('\n') < 0;
        return unchanged ? event(type, chunk.data()) : event(type, Json.text(counted));
    }

    /** An event of a block of content; its beginning is told with the first of what it holds. */
    private String relay(String type, String data, ObjectNode parsed) {
        EmptyBlockFilter.Told told = blocks.pass(type, parsed);
        if (told.event() == null && type.equals("content_block_start")) {
            held = parsed;
            heldData = data.indexOf('\n') < 0 ? data : Json.text(parsed);
            return "";
        }
        String before = told.before() == null
                ? ""
                : event("content_block_start", told.before() == held ? heldData : Json.text(told.before()));
        if (!blocks.holds()) {
            before += waiting;
            waiting.setLength(0);
        }
        if (told.event() == null) {
            return before;
        }
        boolean asItCame = told.event() == parsed && data.indexOf('\n') < 0;
        return before + event(type, asItCame ? data : Json.text(told.event()));
    }

    private static ObjectNode parse(String data) {
        try {
            return Json.read(data) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }

    /** The event with the counts it must have; the same event when it has them. */
    private ObjectNode counted(String type, ObjectNode event) {
        if (type.equals("message_start")
                && event.get("message") instanceof ObjectNode message
                && !message.path("usage").isObject()) {
            return JsonNodes.with(event, "message", JsonNodes.with(message, "usage", AnthropicUsage.write(null)));
        }
        if (type.equals("message_delta")
                && !event.path("usage").path("output_tokens").isNumber()) {
            ObjectNode counts = event.get("usage") instanceof ObjectNode given ? JsonNodes.copy(given) : Json.object();
            return JsonNodes.with(event, "usage", counts.put("output_tokens", usage == null ? 0 : usage.output()));
        }
        return event;
    }

    @Override
    public String end() {
        if (relayed) {
            return stopped ? "" : event("message_stop", "{\"type\":\"message_stop\"}");
        }
        StringBuilder text = new StringBuilder();
        append(text, maker.end());
        return text.toString();
    }

    @Override
    public String error(GatewayError error) {
        return event("error", SurrogateSanitizer.escape(Json.text(AnthropicErrors.write(error, requestId))));
    }

    private static void append(StringBuilder text, List<ObjectNode> events) {
        events.forEach(event ->
                text.append(event(event.get("type").textValue(), SurrogateSanitizer.escape(Json.text(event)))));
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
