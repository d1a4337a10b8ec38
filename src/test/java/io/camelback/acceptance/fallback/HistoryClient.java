package io.camelback.acceptance.fallback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.StreamReader;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.TestProtocol;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that keeps its conversation as its API format has it: what was answered goes back with the next request as
 * it came.
 */
final class HistoryClient {
    /** A call that the model has made. */
    record Call(String id, String name, JsonNode arguments) {}

    /** The tools that it offers. */
    static final List<String> TOOLS = List.of("shot", "look_up");

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"},\"$top\":{\"type\":\"integer\"}}}";

    private final RunningGateway gateway;
    private final TestProtocol format;
    private final boolean stream;
    private final ArrayNode history = Json.array();

    HistoryClient(RunningGateway gateway, TestProtocol format, boolean stream) {
        this.gateway = gateway;
        this.format = format;
        this.stream = stream;
    }

    /** What a user says and shows. @param picture a PNG in Base64 */
    void user(String text, String picture) {
        String url = "data:image/png;base64," + picture;
        history.add(json(
                switch (format) {
                    case OPENAI ->
                        "{'role':'user','content':[{'type':'text','text':'" + text
                                + "'},{'type':'image_url','image_url':{'url':'" + url + "'}}]}";
                    case RESPONSES ->
                        "{'role':'user','content':[{'type':'input_text','text':'" + text
                                + "'},{'type':'input_image','image_url':'" + url + "'}]}";
                    case ANTHROPIC ->
                        "{'role':'user','content':[{'type':'text','text':'" + text + "'}," + image(picture) + "]}";
                    case GEMINI -> "{'role':'user','parts':[{'text':'" + text + "'}," + image(picture) + "]}";
                }));
    }

    private String image(String picture) {
        return format == TestProtocol.GEMINI
                ? "{'inlineData':{'mimeType':'image/png','data':'" + picture + "'}}"
                : "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'" + picture + "'}}";
    }

    /** What the tools gave back, in the order of the calls. @param picture shown by the first of them */
    void results(List<Call> calls, String text, String picture) {
        ArrayNode together = Json.array();
        for (int i = 0; i < calls.size(); i++) {
            String said = text + "-" + i;
            boolean shows = i == 0;
            String id = calls.get(i).id();
            switch (format) {
                case OPENAI ->
                    history.add(json("{'role':'tool','tool_call_id':'" + id + "','content':"
                            + (shows
                                    ? "[{'type':'text','text':'" + said
                                            + "'},{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                                            + picture + "'}}]"
                                    : "'" + said + "'")
                            + "}"));
                case RESPONSES ->
                    history.add(json("{'type':'function_call_output','call_id':'" + id + "','output':"
                            + (shows
                                    ? "[{'type':'input_text','text':'" + said
                                            + "'},{'type':'input_image','image_url':'data:image/png;base64," + picture
                                            + "'}]"
                                    : "'" + said + "'")
                            + "}"));
                case ANTHROPIC ->
                    together.add(json("{'type':'tool_result','tool_use_id':'" + id
                            + "','content':[{'type':'text','text':'" + said + "'}"
                            + (shows ? "," + image(picture) : "") + "]}"));
                case GEMINI ->
                    together.add(json("{'functionResponse':{" + (id.isEmpty() ? "" : "'id':'" + id + "',") + "'name':'"
                            + calls.get(i).name() + "','response':{'output':'" + said + "'}"
                            + (shows ? ",'parts':[" + image(picture) + "]" : "") + "}}"));
            }
        }
        if (!together.isEmpty()) {
            history.addObject().put("role", "user").set(format == TestProtocol.GEMINI ? "parts" : "content", together);
        }
    }

    /** Asks a model, and keeps what it answers. @return the calls in the answer */
    List<Call> ask(String model) throws IOException, InterruptedException {
        String method = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
        String path = switch (format) {
            case OPENAI -> "/v1/chat/completions";
            case RESPONSES -> "/v1/responses";
            case ANTHROPIC -> "/v1/messages";
            case GEMINI -> "/v1beta/models/" + model + method;
        };
        HttpResponse<String> response = gateway.post(path, Json.text(body(model)));
        if (response.statusCode() != 200) {
            throw new AssertionError(model + " answers " + response.statusCode() + ": " + response.body());
        }
        return keep(stream ? collected(response.body()) : Json.read(response.body()));
    }

    private ObjectNode body(String model) {
        ObjectNode body = Json.object();
        if (format != TestProtocol.GEMINI) {
            body.put("model", model).put("stream", stream);
        }
        StringBuilder tools = new StringBuilder();
        for (String tool : TOOLS) {
            tools.append(tools.isEmpty() ? "" : ",")
                    .append(
                            switch (format) {
                                case OPENAI ->
                                    "{'type':'function','function':{'name':'" + tool + "','parameters':" + SCHEMA
                                            + "}}";
                                case RESPONSES ->
                                    "{'type':'function','name':'" + tool + "','parameters':" + SCHEMA
                                            + ",'strict':false}";
                                case ANTHROPIC -> "{'name':'" + tool + "','input_schema':" + SCHEMA + "}";
                                case GEMINI -> "{'name':'" + tool + "','parametersJsonSchema':" + SCHEMA + "}";
                            });
        }
        if (format == TestProtocol.GEMINI) {
            body.set("tools", json("[{'functionDeclarations':[" + tools + "]}]"));
        } else {
            body.set("tools", json("[" + tools + "]"));
        }
        if (format == TestProtocol.ANTHROPIC) {
            body.put("max_tokens", 4000);
        }
        String field = switch (format) {
            case RESPONSES -> "input";
            case GEMINI -> "contents";
            default -> "messages";
        };
        body.set(field, history.deepCopy());
        return body;
    }

    /** The answer that was streamed, as it would have come at once. */
    private JsonNode collected(String events) throws IOException {
        StreamReader reader = format.dialect.streamReader();
        AnswerCollector collector = format.dialect.collector();
        String name = null;
        for (String line : events.split("\r?\n")) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: {")) {
                ObjectNode data = (ObjectNode) Json.read(line.substring(6));
                collector.add(new StreamChunk(reader.read(name, data), format.key(), name, line.substring(6)));
                name = null;
            }
        }
        collector.add(new StreamChunk(reader.end(), null, null, null));
        return collector.answer(1).original().body();
    }

    private List<Call> keep(JsonNode answer) throws IOException {
        List<Call> calls = new ArrayList<>();
        switch (format) {
            case OPENAI -> {
                JsonNode message = answer.at("/choices/0/message");
                history.add(message);
                for (JsonNode call : message.path("tool_calls")) {
                    JsonNode function = call.path("function");
                    calls.add(new Call(
                            call.path("id").asText(),
                            function.path("name").asText(),
                            Json.read(function.path("arguments").asText())));
                }
            }
            case RESPONSES -> {
                for (JsonNode item : answer.path("output")) {
                    history.add(item);
                    if (item.path("type").asText().equals("function_call")) {
                        calls.add(new Call(
                                item.path("call_id").asText(),
                                item.path("name").asText(),
                                Json.read(item.path("arguments").asText())));
                    }
                }
            }
            case ANTHROPIC -> {
                history.addObject().put("role", "assistant").set("content", answer.path("content"));
                for (JsonNode block : answer.path("content")) {
                    if (block.path("type").asText().equals("tool_use")) {
                        calls.add(new Call(
                                block.path("id").asText(), block.path("name").asText(), block.path("input")));
                    }
                }
            }
            case GEMINI -> {
                history.add(answer.at("/candidates/0/content"));
                for (JsonNode part : answer.at("/candidates/0/content/parts")) {
                    if (part.has("functionCall")) {
                        JsonNode call = part.get("functionCall");
                        calls.add(new Call(
                                call.path("id").asText(), call.path("name").asText(), call.path("args")));
                    }
                }
            }
        }
        return calls;
    }

    /** JSON in single quotes. */
    private static JsonNode json(String text) {
        try {
            return Json.read(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
