package io.camelback.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a provider was shown of a conversation, in whichever of the three dialects.
 *
 * @param order a letter for each piece: u(ser's text), a(ssistant's text), t(hinking), c(all), r(esult)
 * @param arguments of the calls
 * @param callIds of the calls; Gemini's names where there are no ids
 * @param resultIds of the results, likewise
 * @param results of the calls, as text
 * @param thinking the text of the thinking
 * @param signatures of thinking and calls
 */
public record ReceivedConversation(
        StringBuilder order,
        List<JsonNode> arguments,
        List<String> callIds,
        List<String> resultIds,
        List<String> results,
        List<String> thinking,
        List<String> signatures) {

    static ReceivedConversation of(JsonNode body) {
        ReceivedConversation shown = new ReceivedConversation(
                new StringBuilder(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        if (body.has("contents")) {
            body.path("contents").forEach(content -> content.path("parts").forEach(part -> shown.part(content, part)));
        } else {
            body.path("messages").forEach(shown::message);
        }
        return shown;
    }

    public String letters() {
        return order.toString();
    }

    private void message(JsonNode message) {
        String role = message.path("role").asText();
        if (role.equals("tool")) {
            result(message.path("tool_call_id").asText(), text(message.path("content")));
        } else if (message.path("content").isArray()) {
            message.path("content").forEach(block -> block(role, block));
        } else if (message.path("content").isTextual()
                && !message.path("content").textValue().isEmpty()) {
            said(role);
        }
        message.path("tool_calls")
                .forEach(call -> call(
                        call.path("id").asText(),
                        json(call.at("/function/arguments").asText()),
                        call));
    }

    private void block(String role, JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" -> said(role);
            case "thinking" -> thought(block.path("thinking").asText(), block.path("signature"));
            case "redacted_thinking" -> thought("", block.path("data"));
            case "tool_use" -> call(block.path("id").asText(), block.path("input"), block);
            case "tool_result" -> result(block.path("tool_use_id").asText(), text(block.path("content")));
            default -> order.append('?');
        }
    }

    private void part(JsonNode content, JsonNode part) {
        if (part.has("functionCall")) {
            JsonNode call = part.path("functionCall");
            call(call.path("id").asText(call.path("name").asText()), call.path("args"), part);
        } else if (part.has("functionResponse")) {
            JsonNode result = part.path("functionResponse");
            result(result.path("id").asText(result.path("name").asText()), Json.text(result.path("response")));
        } else if (part.path("thought").asBoolean()) {
            thought(part.path("text").asText(), part.path("thoughtSignature"));
        } else if (!part.path("text").asText().isEmpty()) {
            said(content.path("role").asText());
        }
    }

    private void said(String role) {
        if (!role.equals("system") && !role.equals("developer")) {
            order.append(role.equals("user") ? 'u' : 'a');
        }
    }

    private void call(String id, JsonNode input, JsonNode holder) {
        order.append('c');
        callIds.add(id);
        arguments.add(input);
        sign(holder.path("thoughtSignature"));
    }

    private void result(String id, String text) {
        order.append('r');
        resultIds.add(id);
        results.add(text);
    }

    private void thought(String text, JsonNode signature) {
        order.append('t');
        thinking.add(text);
        sign(signature);
    }

    private void sign(JsonNode signature) {
        if (signature.isTextual()) {
            signatures.add(signature.textValue());
        }
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.textValue() : String.join("", content.findValuesAsText("text"));
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
