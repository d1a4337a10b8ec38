package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The tools of Codex. */
final class CodexToolSamples {
    static final String SEARCH_TOOL =
            "{'type':'function','name':'search','parameters':{'type':'object','properties':{'q':{'type':'string'}}}}";

    private CodexToolSamples() {}

    static List<String> offered(ObjectNode body) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            JsonNode list = tool.path("functionDeclarations");
            if (list.isArray()) {
                list.forEach(one -> names.add(one.path("name").asText()));
            } else {
                names.add((tool.has("function") ? tool.path("function") : tool)
                        .path("name")
                        .asText());
            }
        }
        return names;
    }
}
