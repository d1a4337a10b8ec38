package io.camelback.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link ChatRequest} by hand: in endpoint readers, tests, and routes in Java. Used by one thread. */
public final class ChatRequestBuilder {
    private final String model;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private ToolChoice toolChoice;
    private Boolean parallelCalls;
    private ResponseFormat format;
    private SamplingParameters sampling;
    private Integer maxOutputTokens;
    private ChatRequest.Effort effort;
    private int candidates = 1;
    private Integer logprobs;
    private boolean stream;
    private boolean streamUsage;
    private String user;
    private ChatRequest.Original original;

    ChatRequestBuilder(String model) {
        this.model = model;
    }

    public ChatRequestBuilder message(Message message) {
        messages.add(message);
        return this;
    }

    public ChatRequestBuilder tool(Tool tool) {
        tools.put(tool.name(), tool);
        return this;
    }

    public ChatRequestBuilder toolChoice(ToolChoice value) {
        toolChoice = value;
        return this;
    }

    public ChatRequestBuilder parallelCalls(Boolean value) {
        parallelCalls = value;
        return this;
    }

    public ChatRequestBuilder format(ResponseFormat value) {
        format = value;
        return this;
    }

    public ChatRequestBuilder sampling(SamplingParameters value) {
        sampling = value;
        return this;
    }

    public ChatRequestBuilder maxOutputTokens(Integer value) {
        maxOutputTokens = value;
        return this;
    }

    public ChatRequestBuilder effort(ChatRequest.Effort value) {
        effort = value;
        return this;
    }

    public ChatRequestBuilder candidates(int value) {
        candidates = value;
        return this;
    }

    public ChatRequestBuilder logprobs(Integer value) {
        logprobs = value;
        return this;
    }

    public ChatRequestBuilder stream(boolean value) {
        stream = value;
        return this;
    }

    public ChatRequestBuilder streamUsage(boolean value) {
        streamUsage = value;
        return this;
    }

    public ChatRequestBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    public ChatRequestBuilder user(String value) {
        user = value;
        return this;
    }

    public ChatRequestBuilder original(ChatRequest.Original value) {
        original = value;
        return this;
    }

    public ChatRequest build() {
        return new ChatRequest(
                model,
                messages,
                List.copyOf(tools.values()),
                toolChoice,
                parallelCalls,
                format,
                sampling,
                maxOutputTokens,
                effort,
                candidates,
                logprobs,
                stream,
                streamUsage,
                metadata,
                user,
                original);
    }
}
