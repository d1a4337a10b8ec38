package io.camelback.protocol;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tools of one request by names that its provider takes, and back (docs/wire-formats.md, trap 20): names of MCP
 * servers have dots, slashes and more letters than some providers allow. A name that is refused becomes one made of its
 * harmless characters and a hash of the whole: the same in every turn, so that prompt caches hit, and never the same
 * for two tools. Nothing is kept between request and answer, as the names follow from the request alone.
 */
public final class ToolNames {
    /** What OpenAI and Anthropic take, the strictest of all but for the first character. */
    public static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    /** Of a format that is the caller's own: whatever the caller named goes on. */
    public static final Pattern ANY = Pattern.compile("(?s).*");
    /** Of a request whose tools all have names that its provider takes. */
    public static final ToolNames UNCHANGED = new ToolNames();

    private static final int KEPT = 54;

    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> received = new HashMap<>();
    private ArgumentNames arguments = ArgumentNames.UNCHANGED;
    private boolean retold;

    private ToolNames() {}

    /** The names of all tools and calls of a request. @param taken the names that the provider takes */
    public static ToolNames of(ChatRequest request, Pattern taken) {
        return of(request, taken, null);
    }

    /**
     * The same, and the names of the tools' arguments. @param arguments the names that the provider takes; null for any
     */
    public static ToolNames of(ChatRequest request, Pattern taken, Pattern arguments) {
        ToolNames names = new ToolNames();
        names.arguments = arguments == null
                ? ArgumentNames.UNCHANGED
                : ArgumentNames.of(
                        request.tools().stream().map(Tool::parameters).toList(), arguments);
        Matcher matcher = taken.matcher("");
        request.tools().forEach(tool -> names.add(tool.name(), matcher));
        for (Message message : request.messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(call.name(), matcher);
                } else if (part instanceof Part.ToolResult result) {
                    names.add(result.name(), matcher);
                }
            }
        }
        return names.sent.isEmpty() && names.arguments == ArgumentNames.UNCHANGED ? UNCHANGED : names;
    }

    /** The same names, for an answer that is told anew in whatever format it comes. @see ProviderCodec#retells */
    public ToolNames retelling() {
        ToolNames names = new ToolNames();
        names.sent.putAll(sent);
        names.received.putAll(received);
        names.arguments = arguments;
        names.retold = true;
        return names;
    }

    private void add(String name, Matcher taken) {
        if (name != null && !taken.reset(name).matches()) {
            String safe = safe(name);
            sent.put(name, safe);
            received.put(safe, name);
        }
    }

    private static String safe(String name) {
        String plain = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        String begun = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "_" + plain : plain;
        return begun.substring(0, Math.min(KEPT, begun.length())) + "_" + StableId.hex(name, 4);
    }

    /** The request with names that its provider takes; the same request when it takes them all. */
    public ChatRequest sent(ChatRequest request) {
        if (this == UNCHANGED) {
            return request;
        }
        List<Message> messages = request.messages().stream()
                .map(message -> new Message(
                        message.role(), message.parts().stream().map(this::sent).toList(), message.name()))
                .toList();
        List<Tool> tools = request.tools().stream()
                .map(tool -> new Tool(
                        sentName(tool.name()),
                        tool.description(),
                        arguments.sentSchema(tool.parameters()),
                        tool.strict(),
                        tool.mark()))
                .toList();
        ToolChoice choice = request.toolChoice();
        ToolChoice named = choice == null ? null : new ToolChoice(choice.mode(), sentName(choice.name()));
        return new ChatRequest(
                request.model(),
                messages,
                tools,
                named,
                request.parallelCalls(),
                request.format(),
                request.sampling(),
                request.maxOutputTokens(),
                request.effort(),
                request.candidates(),
                request.logprobs(),
                request.stream(),
                request.streamUsage(),
                request.metadata(),
                request.user(),
                request.original());
    }

    private Part sent(Part part) {
        if (part instanceof Part.ToolCall call) {
            return new Part.ToolCall(
                    call.id(), sentName(call.name()), arguments.sent(call.arguments()), call.signature());
        }
        if (part instanceof Part.ToolResult result) {
            return new Part.ToolResult(result.callId(), sentName(result.name()), result.content(), result.error());
        }
        return part;
    }

    /** The names of the tools' arguments. */
    public ArgumentNames arguments() {
        return arguments;
    }

    private String sentName(String name) {
        return sent.getOrDefault(name, name);
    }

    /** The answer with the caller's own names; one that names a changed tool is no longer as the provider sent it. */
    public ChatAnswer received(ChatAnswer answer) {
        boolean changed = answer.choices().stream()
                .flatMap(choice -> choice.parts().stream())
                .anyMatch(this::isChanged);
        if (!changed) {
            return answer;
        }
        List<ChatAnswer.Choice> choices = answer.choices().stream()
                .map(choice ->
                        choice.with(choice.parts().stream().map(this::received).toList()))
                .toList();
        return new ChatAnswer(answer.id(), answer.model(), answer.created(), choices, answer.usage(), null);
    }

    private boolean isChanged(Part part) {
        return part instanceof Part.ToolCall call
                && (retold || arguments != ArgumentNames.UNCHANGED || received.containsKey(call.name()));
    }

    private Part received(Part part) {
        if (part instanceof Part.ToolCall call) {
            String name = received.getOrDefault(call.name(), call.name());
            return new Part.ToolCall(call.id(), name, arguments.received(call.arguments()), call.signature());
        }
        return part;
    }

    /** The chunk with the caller's own names; one that names a changed tool is no longer as the provider sent it. */
    public StreamChunk received(StreamChunk chunk) {
        boolean changed = retold
                || chunk.events().stream()
                        .anyMatch(event -> event instanceof StreamEvent.ToolCallStarted started
                                && received.containsKey(started.name()));
        return changed
                ? new StreamChunk(chunk.events().stream().map(this::received).toList(), null, null, null)
                : chunk;
    }

    private StreamEvent received(StreamEvent event) {
        if (event instanceof StreamEvent.ToolCallStarted started && received.containsKey(started.name())) {
            return new StreamEvent.ToolCallStarted(
                    started.choice(), started.call(), started.id(), received.get(started.name()), started.signature());
        }
        return event;
    }
}
