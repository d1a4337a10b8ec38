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
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.observe.Recent;
import io.camelback.report.RequestLookup;
import io.camelback.routing.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * What a request has come to: one of the last ones of this process, or any that the ledger has.
     *
     * @param ledger empty when none is kept
     * @throws InvalidRequest 404 when there is no such request, 503 when the ledger cannot be read now
     */
    static ObjectNode after(Recent recent, Optional<Ledger> ledger, String id) {
        Optional<ObjectNode> found = recent.find(id).map(PlanJson::after);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            found = ledger.flatMap(kept -> kept.database().read(connection -> RequestLookup.find(connection, id)));
        } catch (LedgerUnavailable e) {
            throw new InvalidRequest(GatewayError.of(503, "ledger_unavailable", "The request is not among the last " + Recent.KEPT
                    + " of this process, and the ledger cannot be read now. Try again when its database is back."));
        }
        return found.orElseThrow(() -> new InvalidRequest(GatewayError.of(404, "not_found", "There is no such request among the last "
                + Recent.KEPT + " of this process" + (ledger.isPresent() ? " or in the ledger." : "; no ledger is kept."))));
    }
}
