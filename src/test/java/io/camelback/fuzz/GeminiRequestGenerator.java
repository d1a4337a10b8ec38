package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.fuzz.RandomConversation.Piece;
import io.camelback.fuzz.RandomConversation.Turn;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.testkit.validation.GeminiRequestValidator;
import java.util.List;

/** Requests for {@code generateContent}, as clients write them. */
final class GeminiRequestGenerator {
    private static final List<String> NAMES = List.of(
            "read_file", "mcp.fs:search", "a-b", "t".repeat(100), "_9lives", "_x", "Bash", "webSearch", "get", "z9");

    private static final List<String> OPTIONS = List.of(
            "topK=40",
            "candidateCount=1",
            "seed=5",
            "presencePenalty=0.1",
            "frequencyPenalty=0.1",
            "responseMimeType='text/plain'",
            "responseModalities=['TEXT']",
            "mediaResolution='MEDIA_RESOLUTION_LOW'",
            "responseLogprobs=false",
            "thinkingConfig={'thinkingBudget':0}",
            "thinkingConfig={'thinkingLevel':'HIGH','includeThoughts':true}",
            "maxOutputTokens=64",
            "temperature=1.5");

    private final SeededChoice choice;
    private final ObjectNode body = Json.object();
    private final ArrayNode contents;
    private final boolean ids;

    private GeminiRequestGenerator(SeededChoice choice) {
        this.choice = choice;
        contents = body.putArray("contents");
        ids = choice.oneIn(2);
    }

    static ObjectNode next(SeededChoice choice) {
        return new GeminiRequestGenerator(choice).write();
    }

    private ObjectNode write() {
        List<RandomTools.Definition> tools = RandomTools.of(choice, NAMES);
        RandomConversation.of(choice, tools).forEach(this::turn);
        if (choice.oneIn(15)) {
            contents.addObject()
                    .put("role", "model")
                    .set(
                            "parts",
                            SeededChoice.json(
                                    "[{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}},{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\"}},{\"text\":\"1\"}]"));
            contents.addObject()
                    .put("role", "user")
                    .putArray("parts")
                    .addObject()
                    .put("text", "go on");
        }
        tools(tools);
        options();
        choice.extras(body, 8);
        return choice.oneIn(6) ? snake(body) : body;
    }

    /** As clients of another language spell it. */
    private static ObjectNode snake(ObjectNode body) {
        String text = Json.text(body);
        for (String name : List.of(
                "inlineData",
                "mimeType",
                "functionCall",
                "functionResponse",
                "thoughtSignature",
                "systemInstruction",
                "generationConfig",
                "functionDeclarations")) {
            text = text.replace(
                    "\"" + name + "\":",
                    "\"" + name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT) + "\":");
        }
        return (ObjectNode) SeededChoice.json(text);
    }

    private void options() {
        choice.nulls(
                body,
                4,
                "systemInstruction",
                "tools",
                "toolConfig",
                "generationConfig",
                "safetySettings",
                "cachedContent");
        if (choice.oneIn(2)) {
            return;
        }
        ObjectNode config = body.putObject("generationConfig");
        choice.options(config, OPTIONS);
        choice.nulls(config, 3, "temperature", "stopSequences", "thinkingConfig", "responseSchema", "seed");
        if (choice.oneIn(3)) {
            config.put("maxOutputTokens", choice.of(1, 100, 100_000));
        }
        if (choice.oneIn(4)) {
            config.put(choice.of("temperature", "topP"), choice.of(0.0, 0.5, 1.0));
        }
        if (choice.oneIn(4)) {
            config.set(
                    "stopSequences",
                    SeededChoice.json(choice.of("[]", "[\"END\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]")));
        }
        if (choice.oneIn(4)) {
            config.set(
                    "thinkingConfig",
                    SeededChoice.json(choice.of(
                            "{\"thinkingLevel\":\"LOW\"}", "{\"includeThoughts\":true}", "{\"thinkingBudget\":-1}")));
        }
        if (choice.oneIn(6)) {
            config.put("responseMimeType", "application/json");
            if (choice.oneIn(2)) {
                config.set(
                        "responseJsonSchema",
                        SeededChoice.json("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"));
            }
        }
        if (choice.oneIn(5)) {
            body.putArray("safetySettings");
        }
    }

    private void tools(List<RandomTools.Definition> tools) {
        if (tools.isEmpty()) {
            if (choice.oneIn(3)) {
                body.set("tools", SeededChoice.json(choice.of("[]", "[{\"functionDeclarations\":[]}]", "[{}]")));
                body.putObject("toolConfig").putObject("functionCallingConfig").put("mode", choice.of("AUTO", "NONE"));
            }
            return;
        }
        ArrayNode list = body.putArray("tools");
        ArrayNode declarations = list.addObject().putArray("functionDeclarations");
        for (RandomTools.Definition tool : tools) {
            if (choice.oneIn(4) && !declarations.isEmpty()) {
                declarations = list.addObject().putArray("functionDeclarations");
            }
            ObjectNode written = declarations.addObject().put("name", tool.name());
            if (tool.description() != null) {
                written.put("description", tool.description());
            }
            if (tool.schema() != null) {
                written.set("parametersJsonSchema", tool.schema());
            }
        }
        if (choice.oneIn(3)) {
            body.set(
                    "toolConfig",
                    SeededChoice.json("{\"functionCallingConfig\":"
                            + choice.of(
                                    "{\"mode\":\"AUTO\"}",
                                    "{\"mode\":\"NONE\"}",
                                    "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\""
                                            + tools.get(0).name() + "\"]}",
                                    "{\"mode\":\"VALIDATED\"}",
                                    "{}")
                            + "}"));
        }
    }

    private void turn(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> system(((RandomConversation.Words) turn.pieces().get(0)).text());
            case USER, RESULTS -> parts(choice.oneIn(10) ? null : "user", turn.pieces());
            case ASSISTANT -> parts("model", turn.pieces());
        }
    }

    private void system(String text) {
        if (contents.isEmpty()) {
            body.putObject("systemInstruction").putArray("parts").addObject().put("text", text);
        }
    }

    private void parts(String role, List<Piece> pieces) {
        ObjectNode before = contents.isEmpty() ? Json.object() : (ObjectNode) contents.get(contents.size() - 1);
        boolean same = (role == null ? "user" : role).equals(before.path("role").asText("user")) && !contents.isEmpty();
        ArrayNode parts = Json.array();
        pieces.forEach(piece -> part(parts, piece));
        boolean results = parts.findValue("functionResponse") != null || before.findValue("functionResponse") != null;
        if (same && !results && !choice.oneIn(8)) {
            ((ArrayNode) before.get("parts")).addAll(parts);
            return;
        }
        ObjectNode content = contents.addObject();
        if (role != null) {
            content.put("role", role);
        }
        content.set("parts", parts);
    }

    private void part(ArrayNode parts, Piece piece) {
        ObjectNode part = parts.addObject();
        if (piece instanceof RandomConversation.Words words) {
            part.put("text", words.text());
        } else if (piece instanceof RandomConversation.Refusal refusal) {
            part.put("text", refusal.text());
        } else if (piece instanceof RandomConversation.Picture picture) {
            if (picture.data() == null) {
                part.putObject("fileData")
                        .put("fileUri", "https://example.com/a.png")
                        .put("mimeType", "image/png");
            } else {
                part.putObject("inlineData").put("mimeType", picture.label()).put("data", picture.data());
            }
        } else if (piece instanceof RandomConversation.Pdf) {
            part.putObject("inlineData").put("mimeType", "application/pdf").put("data", "JVBERi0xLjQ=");
        } else if (piece instanceof RandomConversation.Sound) {
            part.putObject("inlineData").put("mimeType", "audio/wav").put("data", "UklGRiQAAABXQVZF");
        } else if (piece instanceof RandomConversation.Thought thought) {
            part.put("text", thought.text().isEmpty() ? "hm" : thought.text()).put("thought", true);
            sign(part, thought.own());
        } else if (piece instanceof RandomConversation.Call call) {
            ObjectNode written = part.putObject("functionCall");
            if (ids) {
                written.put("id", call.id());
            }
            written.put("name", call.name()).set("args", call.arguments());
            sign(part, !choice.oneIn(3));
        } else if (piece instanceof RandomConversation.Result result) {
            result(part, result);
        }
    }

    private void sign(ObjectNode part, boolean own) {
        if (own) {
            part.put("thoughtSignature", GeminiRequestValidator.SIGNATURE + "b3VnaHQ=");
        } else if (choice.oneIn(2)) {
            part.put(
                    "thoughtSignature",
                    ForeignThinkingCarrier.pack(
                            List.of(new Part.Thinking("t", "c2ltdWxhdGVkLXNpZ25hdHVyZQ==", null, "anthropic"))));
        }
    }

    private void result(ObjectNode part, RandomConversation.Result result) {
        ObjectNode written = part.putObject("functionResponse");
        if (ids) {
            written.put("id", result.call().id());
        }
        written.put("name", result.call().name());
        StringBuilder text = new StringBuilder();
        ArrayNode shown = Json.array();
        for (Piece piece : result.pieces()) {
            if (piece instanceof RandomConversation.Words words) {
                text.append(words.text());
            } else if (piece instanceof RandomConversation.Picture picture && picture.data() != null) {
                part(shown, picture);
            }
        }
        ObjectNode response = written.putObject("response");
        if (!choice.oneIn(8)) {
            response.put(result.error() ? "error" : "output", text.toString());
        }
        if (!shown.isEmpty()) {
            written.set("parts", shown);
        }
    }
}
