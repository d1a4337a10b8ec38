package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chat completion request.
 *
 * @param model the name the caller asked for: {@code auto}, a chain, a deployment or an alias
 * @param messages the conversation, oldest first
 * @param tools the tools the model may call
 * @param toolChoice null when the caller left it to the model
 * @param parallelCalls null when not said
 * @param format null for plain text
 * @param sampling never null; its components are null where the caller said nothing
 * @param maxOutputTokens null when not said
 * @param effort how hard to think; null when not said
 * @param candidates how many answers are wanted, 1 unless said
 * @param logprobs how many of the likeliest tokens to tell for each place, 0 for the chosen one only; null when log
 *     probabilities are not asked for
 * @param stream whether the caller wants tokens as they come
 * @param streamUsage whether a streaming caller wants the usage at the end
 * @param metadata the caller's own labels, never sent to a provider of another dialect
 * @param user an opaque end-user id; null when not said
 * @param original the body as it was received; null for a request built in Java
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        ToolChoice toolChoice,
        Boolean parallelCalls,
        ResponseFormat format,
        SamplingParameters sampling,
        Integer maxOutputTokens,
        Effort effort,
        int candidates,
        Integer logprobs,
        boolean stream,
        boolean streamUsage,
        Map<String, String> metadata,
        String user,
        Original original) {

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = tools == null ? List.of() : List.copyOf(tools);
        sampling = sampling == null ? SamplingParameters.NONE : sampling;
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /** The body as it was received and the dialect it was written in. Read only: it is shared by every attempt. */
    public record Original(String dialect, ObjectNode body) {}

    /** How hard the model should think, weakest first (docs/wire-formats.md 1.6). */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }

    /** A one-turn request, as most Camel routes make it. */
    public static ChatRequest of(String model, String text) {
        return builder(model).message(Message.user(text)).build();
    }

    public static ChatRequestBuilder builder(String model) {
        return new ChatRequestBuilder(model);
    }

    /** This request with more labels; those that are new win. */
    public ChatRequest hinted(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(metadata);
        all.putAll(labels);
        return new ChatRequest(
                model,
                messages,
                tools,
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
                all,
                user,
                original);
    }

    /** This request with another history, and the body that says the same. */
    public ChatRequest withHistory(List<Message> history, Original said) {
        return new ChatRequest(
                model,
                history,
                tools,
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
                said);
    }

    /** This request with the body it was read from forgotten, so that it is translated and never passed through. */
    public ChatRequest withoutOriginal() {
        return new ChatRequest(
                model,
                messages,
                tools,
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
                null);
    }
}
