package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code generateContent} as Google checks it for models of generation 3 and later.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">its reference</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">signatures</a>
 */
public final class GeminiRequestValidator {
    /** How a signature begins that this maker gave: Base64. */
    public static final String SIGNATURE = "c2ltdWxhdGVkLXRo";

    private static final String STAND_IN = "skip_thought_signature_validator";
    static final Pattern NAME = Pattern.compile("[a-zA-Z_][\\w.:-]{0,127}");
    private static final Set<String> TOP = Set.of(
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "generationConfig",
            "safetySettings",
            "cachedContent",
            "serviceTier",
            "labels");
    private static final Set<String> CONFIG = Set.of(
            "temperature",
            "topP",
            "topK",
            "candidateCount",
            "maxOutputTokens",
            "stopSequences",
            "seed",
            "presencePenalty",
            "frequencyPenalty",
            "responseLogprobs",
            "logprobs",
            "responseMimeType",
            "responseSchema",
            "responseJsonSchema",
            "thinkingConfig",
            "responseModalities",
            "speechConfig",
            "mediaResolution",
            "imageConfig");
    private static final Set<String> DATA = Set.of(
            "text",
            "inlineData",
            "fileData",
            "functionCall",
            "functionResponse",
            "executableCode",
            "codeExecutionResult");
    private static final Set<String> PART = Set.of(
            "text",
            "inlineData",
            "fileData",
            "functionCall",
            "functionResponse",
            "thought",
            "thoughtSignature",
            "videoMetadata",
            "executableCode",
            "codeExecutionResult",
            "mediaResolution");

    private static final Map<String, String> SNAKE = Map.of(
            "inline_data", "inlineData",
            "mime_type", "mimeType",
            "function_call", "functionCall",
            "function_response", "functionResponse",
            "thought_signature", "thoughtSignature",
            "system_instruction", "systemInstruction",
            "generation_config", "generationConfig",
            "function_declarations", "functionDeclarations");

    private final JsonNode body;
    private final Findings findings = new Findings();
    private List<JsonNode> open = new ArrayList<>();

    private GeminiRequestValidator(JsonNode body) {
        this.body = withoutNulls(body);
    }

    /** Null is nothing to Google, in any field, and a name may be spelled in snake_case. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode result = Json.array();
            list.forEach(one -> result.add(withoutNulls(one)));
            return result;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode result = Json.object();
        JsonNodes.withoutNulls(object)
                .properties()
                .forEach(field ->
                        result.set(SNAKE.getOrDefault(field.getKey(), field.getKey()), withoutNulls(field.getValue())));
        return result;
    }

    public static Findings check(JsonNode body) {
        return new GeminiRequestValidator(body).check();
    }

    private Findings check() {
        findings.only(body, "", TOP);
        if (body.has("systemInstruction")) {
            body.get("systemInstruction")
                    .path("parts")
                    .forEach(part -> findings.require(
                            part.path("text").isTextual()
                                    && !part.path("text").textValue().isEmpty(),
                            "systemInstruction",
                            "has a part without text"));
            findings.require(!body.get("systemInstruction").path("parts").isEmpty(), "systemInstruction", "is empty");
        }
        if (findings.array(body, "", "contents")) {
            contents();
        }
        new GeminiToolValidator(body, findings).check();
        config(body.path("generationConfig"));
        return findings;
    }

    private void config(JsonNode config) {
        findings.only(config, "generationConfig", CONFIG);
        findings.range(config, "generationConfig", "temperature", 0, 2);
        findings.range(config, "generationConfig", "topP", 0, 1);
        findings.range(config, "generationConfig", "seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        findings.require(
                config.path("stopSequences").size() <= 5, "generationConfig.stopSequences", "are more than five");
        for (JsonNode stop : config.path("stopSequences")) {
            findings.require(
                    stop.isTextual() && !stop.textValue().isEmpty(),
                    "generationConfig.stopSequences",
                    "has an empty one");
        }
        boolean schema = config.has("responseSchema") || config.has("responseJsonSchema");
        findings.require(
                !schema || !config.path("responseMimeType").asText("text/plain").equals("text/plain"),
                "generationConfig",
                "has a schema for plain text");
        if (config.has("responseJsonSchema")) {
            new GeminiToolValidator(body, findings).schema(config.get("responseJsonSchema"), "responseJsonSchema");
        }
    }

    private void contents() {
        JsonNode contents = body.get("contents");
        if (contents.path(0).path("role").asText("user").equals("model")) {
            findings.add(Findings.Kind.ORDER, "contents[0]", "is not the user's");
        }
        String before = "";
        int current = current(contents);
        for (int i = 0; i < contents.size(); i++) {
            JsonNode content = contents.get(i);
            String path = "contents[" + i + "]";
            String role = content.path("role").asText("user");
            findings.only(content, path, Set.of("role", "parts"));
            findings.require(role.matches("user|model|function|tool"), path, "has no role: " + role);
            if (before.equals("model") && content.findValue("functionCall") != null) {
                findings.add(Findings.Kind.ORDER, path, "calls right behind a turn of the model");
            }
            before = role;
            if (findings.array(content, path, "parts")) {
                content.get("parts").forEach(part -> part(part, path, role.equals("model")));
                calls(content.get("parts"), path, i >= current);
            }
        }
        if (!open.isEmpty()) {
            findings.add(Findings.Kind.ORDER, "contents", "end with calls that are not answered");
        }
    }

    /** Where the turn begins that is not over yet. */
    private static int current(JsonNode contents) {
        for (int i = contents.size() - 1; i > 0; i--) {
            boolean user = !contents.get(i).path("role").asText().equals("model");
            if (user && contents.get(i).path("parts").findValue("functionResponse") == null) {
                return i;
            }
        }
        return 0;
    }

    private void calls(JsonNode parts, String path, boolean current) {
        List<JsonNode> calls = new ArrayList<>();
        List<JsonNode> responses = new ArrayList<>();
        for (JsonNode part : parts) {
            if (part.has("functionCall")) {
                findings.require(
                        !current
                                || !calls.isEmpty()
                                || part.path("thoughtSignature").isTextual(),
                        path,
                        "has a first call without a signature");
                calls.add(part.get("functionCall"));
            } else if (part.has("functionResponse")) {
                responses.add(part.get("functionResponse"));
            }
        }
        if (!same(open, responses)) {
            findings.add(
                    Findings.Kind.ORDER,
                    path,
                    "answers " + responses.size() + " of " + open.size() + " calls, or others");
        }
        open = calls;
    }

    private static boolean same(List<JsonNode> calls, List<JsonNode> responses) {
        boolean same = calls.size() == responses.size();
        for (int i = 0; same && i < calls.size(); i++) {
            same = calls.get(i).path("name").equals(responses.get(i).path("name"))
                    && calls.get(i).path("id").equals(responses.get(i).path("id"));
        }
        return same;
    }

    private void part(JsonNode part, String path, boolean model) {
        findings.only(part, path, PART);
        long data = DATA.stream().filter(part::has).count();
        findings.require(data == 1, path, "has a part with " + data + " kinds of data");
        if (part.has("text")) {
            findings.require(
                    part.get("text").isTextual()
                            && (!part.get("text").textValue().isEmpty() || part.has("thoughtSignature")),
                    path,
                    "has an empty text");
        }
        if (part.has("thoughtSignature")) {
            String signature = part.get("thoughtSignature").asText();
            findings.require(
                    signature.equals(STAND_IN) || signature.startsWith(SIGNATURE),
                    path,
                    "has a signature of another maker: " + signature);
        }
        if (part.has("inlineData")) {
            findings.matches(part.get("inlineData"), path, "mimeType", Pattern.compile("[a-z]+/[a-z0-9.+-]+"));
            findings.base64(part.get("inlineData"), path, "data");
        }
        if (part.has("fileData")) {
            findings.string(part.get("fileData"), path, "fileUri");
        }
        if (part.has("functionCall")) {
            findings.require(model, path, "has a call that is not the model's");
            findings.only(part.get("functionCall"), path + ".functionCall", Set.of("id", "name", "args"));
            findings.matches(part.get("functionCall"), path, "name", NAME);
            findings.require(
                    part.get("functionCall").path("args").isObject()
                            || !part.get("functionCall").has("args"),
                    path,
                    "has arguments that are no object");
        }
        if (part.has("functionResponse")) {
            JsonNode response = part.get("functionResponse");
            findings.require(!model, path, "has a result that is the model's");
            findings.only(
                    response,
                    path + ".functionResponse",
                    Set.of("id", "name", "response", "parts", "willContinue", "scheduling"));
            findings.matches(response, path, "name", NAME);
            findings.require(response.path("response").isObject(), path, "has a response that is no object");
            response.path("parts").forEach(inner -> part(inner, path + ".functionResponse", false));
        }
    }
}
