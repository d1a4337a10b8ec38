package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.Door;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.dialect.responses.ResponsesDoor;
import io.camelback.http.Share;
import io.camelback.observe.Recent;
import io.camelback.routing.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a request would come to, or what one that is done has come to beside what was planned for it. Asks nobody. */
final class Explainer {
    private static final Map<String, Door> DOORS = doors();

    private final Targets targets;
    private final Calls calls;
    private final TimeShares shares;
    private final Books books;

    Explainer(Targets targets, Calls calls, TimeShares shares, Books books) {
        this.targets = targets;
        this.calls = calls;
        this.shares = shares;
        this.books = books;
    }

    private static Map<String, Door> doors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        for (Door door : List.of(new OpenAiDoor(), new AnthropicDoor(), new ResponsesDoor())) {
            doors.put(door.name(), door);
        }
        return doors;
    }

    /**
     * @param body a request as callers send it
     * @param door the dialect it is written in; null for OpenAI's Chat Completions
     * @throws InvalidRequest when it is none, or its model does not exist
     */
    ObjectNode before(byte[] body, String door) {
        Door reader = DOORS.get(door == null ? "openai" : door);
        if (reader == null) {
            throw new InvalidRequest("door", "The door must be one of " + String.join(", ", DOORS.keySet()) + ".");
        }
        ChatRequest request = reader.readRequest(RequestBody.parse(body));
        Call call = calls.begin("explain", new Asked.Chat(request), targets.require(request.model()), Call.Hints.NONE, null);
        return PlanJson.before(call, deployment -> {
            Share share = shares.of(call, deployment);
            return share.slice().toMillis();
        }, deployment -> books.left(call, deployment));
    }

    /** @throws InvalidRequest 404 when there is no such request among the last ones */
    static ObjectNode after(Recent recent, String id) {
        return recent.find(id).map(PlanJson::after).orElseThrow(() -> new InvalidRequest(GatewayError.of(404, "not_found",
                "There is no such request among the last " + Recent.KEPT + ".")));
    }
}
