package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.fuzz.RandomConversation.Piece;
import io.camelback.fuzz.RandomConversation.Turn;
import io.camelback.json.Json;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.testkit.validation.ResponsesRequestValidator;
import java.util.List;

/** Requests for the Responses API, as clients write them. */
final class ResponsesRequestGenerator {
    private static final List<String> NAMES =
            List.of("read_file", "shot", "a-b", "t".repeat(64), "9lives", "_x", "exec", "web_search", "get", "z9");

    private static final List<String> OPTIONS = List.of(
            "truncation='auto'",
            "max_tool_calls=3",
            "service_tier='flex'",
            "user='u'",
            "safety_identifier='s'",
            "top_p=0.5",
            "temperature=0",
            "include=[]",
            "include=['web_search_call.action.sources']",
            "reasoning={}",
            "background=false",
            "text={'format':{'type':'text'},'verbosity':'high'}",
            "prompt_cache_key='k'",
            "parallel_tool_calls=true",
            "reasoning={'effort':'none'}",
            "reasoning={'effort':'xhigh','summary':'detailed'}");

    private final SeededChoice choice;
    private final ObjectNode body = Json.object();
    private final ArrayNode input = Json.array();
    private String namespace;

    private ResponsesRequestGenerator(SeededChoice choice) {
        this.choice = choice;
        body.put("model", "auto");
    }

    static ObjectNode next(SeededChoice choice) {
        return new ResponsesRequestGenerator(choice).write();
    }

    private ObjectNode write() {
        List<RandomTools.Definition> tools = RandomTools.of(choice, NAMES);
        namespace = !tools.isEmpty() && choice.oneIn(5) ? "mcp__files" : null;
        boolean additional = choice.oneIn(6);
        RandomConversation.of(choice, tools).forEach(this::turn);
        if (choice.oneIn(30)) {
            input.addObject().put("type", "compaction").put("encrypted_content", "gAAAcompact");
        }
        if (choice.oneIn(20)) {
            input.insertObject(0)
                    .put("type", choice.of("ghost_snapshot", "brand_new_item"))
                    .put("id", "x_1");
        }
        if (choice.oneIn(8)) {
            for (var item : SeededChoice.json(choice.of(HostedItems.ALL))) {
                input.add(item);
            }
            message("user").put("content", "go on");
        }
        tools(tools, additional);
        body.set("input", input);
        options();
        choice.options(body, OPTIONS);
        choice.extras(body, 8);
        return body;
    }

    private void options() {
        choice.nulls(
                body,
                3,
                "instructions",
                "tools",
                "tool_choice",
                "reasoning",
                "text",
                "metadata",
                "temperature",
                "previous_response_id",
                "max_output_tokens");
        if (choice.oneIn(4)) {
            body.put("instructions", choice.maybeWords());
        }
        if (choice.oneIn(3)) {
            body.put("store", choice.oneIn(3));
        }
        if (choice.oneIn(3)) {
            body.putObject("reasoning")
                    .put("effort", choice.of("low", "medium", "high"))
                    .put("summary", "auto");
            body.putArray("include").add("reasoning.encrypted_content");
        }
        if (choice.oneIn(4)) {
            body.put("max_output_tokens", choice.of(1, 100, 200_000));
        }
        if (choice.oneIn(5)) {
            body.set("metadata", SeededChoice.json(choice.of("{}", "{\"k\":\"v\"}", "{\"camelback_x\":\"1\"}")));
        }
        if (choice.oneIn(6)) {
            body.set(
                    "text",
                    SeededChoice.json(
                            choice.of(
                                    "{\"verbosity\":\"low\"}",
                                    "{\"format\":{\"type\":\"text\"}}",
                                    "{\"format\":{\"type\":\"json_schema\",\"name\":\"r\",\"schema\":{\"type\":\"object\",\"properties\":{}}}}")));
        }
        if (choice.oneIn(3)) {
            body.put("stream", choice.oneIn(2));
        }
    }

    private void tools(List<RandomTools.Definition> tools, boolean additional) {
        ArrayNode list = Json.array();
        ArrayNode children = namespace == null
                ? list
                : list.addObject()
                        .put("type", "namespace")
                        .put("name", namespace)
                        .put("description", "d")
                        .putArray("tools");
        for (RandomTools.Definition tool : tools) {
            ObjectNode written = children.addObject().put("type", "function").put("name", tool.name());
            if (tool.description() != null) {
                written.put("description", tool.description());
            }
            if (tool.schema() != null) {
                written.set("parameters", tool.schema());
            }
            choice.nulls(written, 5, "strict", "description", "parameters");
            if (choice.oneIn(8)) {
                list.add(written.deepCopy());
            }
        }
        if (choice.oneIn(10)) {
            list.addObject().put("type", "custom").put("name", "apply").put("description", "d");
        }
        if (tools.isEmpty() && choice.oneIn(3)) {
            body.putArray("tools");
            body.put("tool_choice", "auto");
        } else if (additional && !list.isEmpty()) {
            input.insertObject(0)
                    .put("type", "additional_tools")
                    .put("role", "developer")
                    .put("id", "at_1")
                    .set("tools", list);
        } else if (!list.isEmpty()) {
            body.set("tools", list);
        }
        if (!tools.isEmpty() && choice.oneIn(3)) {
            body.set(
                    "tool_choice",
                    SeededChoice.json(choice.of(
                            "\"auto\"",
                            "\"none\"",
                            "\"required\"",
                            namespace == null
                                    ? "{\"type\":\"function\",\"name\":\""
                                            + tools.get(0).name() + "\"}"
                                    : "\"auto\"")));
            body.put("parallel_tool_calls", choice.oneIn(2));
        }
    }

    private void turn(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> said(choice.oneIn(2) ? "developer" : "system", turn.pieces());
            case USER -> said("user", turn.pieces());
            case ASSISTANT -> turn.pieces().forEach(this::assistant);
            case RESULTS -> turn.pieces().forEach(piece -> result((RandomConversation.Result) piece));
        }
    }

    private ObjectNode message(String role) {
        ObjectNode item = input.addObject();
        if (choice.oneIn(2)) {
            item.put("type", "message");
        }
        return item.put("role", role);
    }

    private void said(String role, List<Piece> pieces) {
        ObjectNode message = message(role);
        if (pieces.size() == 1 && pieces.get(0) instanceof RandomConversation.Words only && choice.oneIn(2)) {
            message.put("content", only.text());
        } else {
            ArrayNode parts = message.putArray("content");
            pieces.forEach(piece -> part(parts, piece));
        }
        choice.nulls(message, 10, "id", "status");
    }

    private void part(ArrayNode parts, Piece piece) {
        if (piece instanceof RandomConversation.Words words) {
            parts.addObject().put("type", "input_text").put("text", words.text());
        } else if (piece instanceof RandomConversation.Picture picture) {
            parts.addObject()
                    .put("type", "input_image")
                    .put("image_url", ChatMessageGenerator.url(picture))
                    .put("detail", "auto");
        } else if (piece instanceof RandomConversation.Pdf pdf) {
            parts.addObject()
                    .put("type", "input_file")
                    .put("filename", pdf.name() == null ? "f.pdf" : pdf.name())
                    .put("file_data", "data:application/pdf;base64,JVBERi0xLjQ=");
        }
    }

    private void assistant(Piece piece) {
        if (piece instanceof RandomConversation.Words words) {
            say(Json.object().put("type", "output_text").put("text", words.text()), words.text());
        } else if (piece instanceof RandomConversation.Refusal refusal) {
            message("assistant")
                    .put("id", "msg_1")
                    .put("status", "completed")
                    .putArray("content")
                    .addObject()
                    .put("type", "refusal")
                    .put("refusal", refusal.text());
        } else if (piece instanceof RandomConversation.Thought thought) {
            thought(thought);
        } else if (piece instanceof RandomConversation.Call call) {
            ObjectNode item = input.addObject()
                    .put("type", "function_call")
                    .put("call_id", call.id())
                    .put("name", call.name())
                    .put("arguments", Json.text(call.arguments()));
            if (namespace != null) {
                item.put("namespace", namespace);
            }
            if (choice.oneIn(3)) {
                item.put("id", "fc_" + choice.below(1 << 20)).put("status", "completed");
            }
        }
    }

    private void say(ObjectNode part, String text) {
        ObjectNode message = message("assistant");
        if (choice.oneIn(3)) {
            message.put("content", text);
            return;
        }
        if (choice.oneIn(2)) {
            message.put("id", "msg_" + choice.below(1 << 20)).put("status", "completed");
            part.putArray("annotations");
        }
        message.putArray("content").add(part);
    }

    private void thought(RandomConversation.Thought thought) {
        ObjectNode item = input.addObject().put("type", "reasoning").put("id", "rs_" + choice.below(1 << 20));
        ArrayNode summary = item.putArray("summary");
        if (!thought.text().isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", thought.text());
        }
        String foreign = choice.of(
                ReasoningState.nobodys(),
                "cb1:anthropic:s:c2ltdWxhdGVkLXNpZ25hdHVyZQ==",
                "cb1:gemini:s:c2ltdWxhdGVkLXRob3VnaHQ=");
        item.put("encrypted_content", thought.own() ? ResponsesRequestValidator.ENCRYPTED + "YQ==" : foreign);
    }

    private void result(RandomConversation.Result result) {
        ObjectNode item = input.addObject()
                .put("type", "function_call_output")
                .put("call_id", result.call().id());
        StringBuilder text = new StringBuilder();
        ArrayNode parts = Json.array();
        for (Piece piece : result.pieces()) {
            part(parts, piece);
            if (piece instanceof RandomConversation.Words words) {
                text.append(words.text());
            }
        }
        if (parts.size() == text.length() || choice.oneIn(2)) {
            item.put("output", text.toString());
        } else {
            item.set("output", parts);
        }
        choice.nulls(item, 10, "id", "status");
    }
}
