package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.fuzz.RandomConversation.Piece;
import io.camelback.fuzz.RandomConversation.Turn;
import io.camelback.json.Json;
import io.camelback.protocol.anthropic.ForeignThinkingToken;
import io.camelback.testkit.validation.MessagesRequestValidator;
import java.util.List;

/** Requests for the Messages API, as clients write them. */
final class MessagesRequestGenerator {
    private static final List<String> NAMES =
            List.of("Read", "mcp__fs__search", "a-b", "t".repeat(100), "9lives", "_x", "Bash", "WebFetch", "get", "z9");

    private static final List<String> OPTIONS = List.of(
            "top_k=40",
            "service_tier='auto'",
            "output_config={'effort':'medium'}",
            "cache_control={'type':'ephemeral'}",
            "context_management={'edits':[{'type':'clear_tool_uses_20250919'}]}",
            "mcp_servers=[]",
            "metadata={}",
            "output_config={'format':{'type':'json_schema','schema':{'type':'object','properties':{},'additionalProperties':false}}}",
            "stop_sequences=['</severity>']");

    private final SeededChoice choice;
    private final ObjectNode body = Json.object();
    private final ArrayNode messages;
    private int marks;

    private MessagesRequestGenerator(SeededChoice choice) {
        this.choice = choice;
        body.put("model", "auto").put("max_tokens", choice.of(1, 1024, 32_000, 200_000));
        messages = body.putArray("messages");
    }

    static ObjectNode next(SeededChoice choice) {
        return new MessagesRequestGenerator(choice).write();
    }

    private ObjectNode write() {
        List<RandomTools.Definition> tools = RandomTools.of(choice, NAMES);
        RandomConversation.of(choice, tools).forEach(this::turn);
        if (messages.isEmpty() || !messages.get(0).path("role").asText().equals("user")) {
            messages.insertObject(0).put("role", "user").put("content", "hi");
        }
        tools(tools);
        options();
        choice.options(body, OPTIONS);
        choice.extras(body, 8);
        return body;
    }

    private void options() {
        choice.nulls(
                body,
                3,
                "system",
                "temperature",
                "stop_sequences",
                "tools",
                "tool_choice",
                "thinking",
                "metadata",
                "top_k");
        if (choice.oneIn(4)) {
            body.set(
                    "thinking",
                    SeededChoice.json(choice.of(
                            "{\"type\":\"adaptive\"}",
                            "{\"type\":\"disabled\"}",
                            "{\"type\":\"enabled\",\"budget_tokens\":"
                                    + (body.get("max_tokens").intValue() > 2000 ? 2000 : 1024) + "}")));
        }
        if (choice.oneIn(4)) {
            body.put(choice.of("temperature", "top_p"), choice.of(0.0, 0.5, 1.0));
        }
        if (choice.oneIn(5)) {
            body.set(
                    "stop_sequences",
                    SeededChoice.json(choice.of("[]", "[\"END\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]")));
        }
        if (choice.oneIn(5)) {
            body.putObject("metadata").put("user_id", "user_".repeat(20));
        }
        if (body.path("thinking").path("budget_tokens").asInt()
                >= body.get("max_tokens").intValue()) {
            body.remove("thinking");
        }
        if (choice.oneIn(3)) {
            body.put("stream", choice.oneIn(2));
        }
    }

    private void tools(List<RandomTools.Definition> tools) {
        if (tools.isEmpty()) {
            if (choice.oneIn(3)) {
                body.putArray("tools");
                body.putObject("tool_choice").put("type", "auto");
            }
            return;
        }
        ArrayNode list = body.putArray("tools");
        for (RandomTools.Definition tool : tools) {
            ObjectNode written = list.addObject().put("name", tool.name());
            if (tool.description() != null) {
                written.put("description", tool.description());
            }
            written.set("input_schema", tool.schema() == null ? Json.object().put("type", "object") : tool.schema());
            choice.nulls(written, 8, "cache_control", "type");
            if (marks++ < 1 && choice.oneIn(9)) {
                written.putObject("cache_control").put("type", "ephemeral");
            }
        }
        if (choice.oneIn(3)) {
            body.set(
                    "tool_choice",
                    SeededChoice.json(choice.of(
                            "{\"type\":\"auto\"}",
                            "{\"type\":\"none\"}",
                            "{\"type\":\"any\"}",
                            "{\"type\":\"tool\",\"name\":\"" + tools.get(0).name() + "\"}",
                            "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}")));
        }
    }

    private void turn(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> system(((RandomConversation.Words) turn.pieces().get(0)).text());
            case USER, RESULTS -> blocks("user", turn.pieces());
            case ASSISTANT -> blocks("assistant", turn.pieces());
        }
    }

    private void system(String text) {
        if (!messages.isEmpty()) {
            messages.addObject()
                    .put("role", choice.oneIn(2) ? "system" : "user")
                    .put("content", "<late>" + text);
        } else if (choice.oneIn(2)) {
            body.put("system", text);
        } else {
            ObjectNode block =
                    body.putArray("system").addObject().put("type", "text").put("text", text);
            if (choice.oneIn(3)) {
                marks++;
                block.putObject("cache_control").put("type", "ephemeral");
            }
        }
    }

    private void blocks(String role, List<Piece> pieces) {
        ObjectNode message = messages.addObject().put("role", role);
        if (pieces.size() == 1 && pieces.get(0) instanceof RandomConversation.Words only && choice.oneIn(2)) {
            message.put("content", only.text());
            return;
        }
        ArrayNode blocks = message.putArray("content");
        pieces.forEach(piece -> block(blocks, piece));
        if (blocks.isEmpty()) {
            blocks.addObject().put("type", "text").put("text", "a");
        }
        if (role.equals("assistant") && choice.oneIn(15)) {
            blocks.insert(
                    0,
                    SeededChoice.json(
                            "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\":\"q\"}}"));
            blocks.insert(
                    1,
                    SeededChoice.json(
                            "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\",\"content\":[]}"));
        }
        if (role.equals("user")
                && !pieces.isEmpty()
                && pieces.get(0) instanceof RandomConversation.Words
                && choice.oneIn(15)) {
            blocks.add(SeededChoice.json(choice.of(
                    "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"T\"},\"title\":\"t\",\"context\":null}",
                    "{\"type\":\"search_result\",\"source\":\"https://a.example\",\"title\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"r\"}]}",
                    "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://a.example/b.pdf\"}}")));
        }
        choice.nulls(message, 20, "id");
    }

    private void block(ArrayNode blocks, Piece piece) {
        if (piece instanceof RandomConversation.Sound) {
            return;
        }
        ObjectNode block = blocks.addObject();
        if (piece instanceof RandomConversation.Words words) {
            block.put("type", "text").put("text", words.text());
            mark(block);
        } else if (piece instanceof RandomConversation.Refusal refusal) {
            block.put("type", "text").put("text", refusal.text());
        } else if (piece instanceof RandomConversation.Picture picture) {
            ObjectNode source = block.put("type", "image").putObject("source");
            if (picture.data() == null) {
                source.put("type", "url").put("url", "https://example.com/a.png");
            } else {
                source.put("type", "base64")
                        .put("media_type", choice.oneIn(12) ? "image/jpg" : picture.label())
                        .put("data", picture.data());
            }
        } else if (piece instanceof RandomConversation.Pdf pdf) {
            block.put("type", "document")
                    .putObject("source")
                    .put("type", "base64")
                    .put("media_type", "application/pdf")
                    .put("data", "JVBERi0xLjQ=");
            if (pdf.name() != null) {
                block.put("title", pdf.name());
            }
        } else if (piece instanceof RandomConversation.Thought thought) {
            thought(block, thought);
        } else if (piece instanceof RandomConversation.Call call) {
            block.put("type", "tool_use")
                    .put("id", call.id().replaceAll("[^a-zA-Z0-9_-]", "_"))
                    .put("name", call.name())
                    .set("input", call.arguments());
            mark(block);
        } else if (piece instanceof RandomConversation.Result result) {
            result(block, result);
        }
    }

    private void mark(ObjectNode block) {
        if (marks < 3 && choice.oneIn(30)) {
            marks++;
            block.putObject("cache_control").put("type", "ephemeral");
        }
    }

    private void thought(ObjectNode block, RandomConversation.Thought thought) {
        String signature = thought.own()
                ? MessagesRequestValidator.SIGNATURE + "ZQ=="
                : choice.of(
                        "",
                        ForeignThinkingToken.write("gemini", "c2ltdWxhdGVkLXRob3VnaHQ="),
                        ForeignThinkingToken.write(null, null));
        if (thought.redacted() && !signature.isEmpty()) {
            block.put("type", "redacted_thinking").put("data", signature);
        } else {
            block.put("type", "thinking").put("thinking", thought.text()).put("signature", signature);
        }
    }

    private void result(ObjectNode block, RandomConversation.Result result) {
        block.put("type", "tool_result").put("tool_use_id", result.call().id().replaceAll("[^a-zA-Z0-9_-]", "_"));
        List<Piece> pieces = result.pieces();
        if (pieces.size() == 1 && pieces.get(0) instanceof RandomConversation.Words only && choice.oneIn(2)) {
            block.put("content", only.text());
        } else if (!pieces.isEmpty() || choice.oneIn(2)) {
            ArrayNode content = block.putArray("content");
            pieces.forEach(piece -> block(content, piece));
        }
        if (result.error()) {
            block.put("is_error", true);
        }
        choice.nulls(block, 12, "is_error", "content");
    }
}
