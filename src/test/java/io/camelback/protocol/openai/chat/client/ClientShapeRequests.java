package io.camelback.protocol.openai.chat.client;

import static io.camelback.testkit.TestProtocol.OPENAI;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.testkit.WireBody;

/** Requests of real clients, and what a server of the same format gets. */
final class ClientShapeRequests {
    static final String CALL =
            "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'shot',"
                    + "'arguments':'{}'}}]}";

    private ClientShapeRequests() {}

    static String chat(String messages) {
        return "{'model':'m','messages':[{'role':'user','content':'a'}," + messages + "]}";
    }

    static ObjectNode sent(String provider, String body) {
        return provider.equals("openai")
                ? WireBody.of(OPENAI, OPENAI, body).sent()
                : WireBody.of(OPENAI, OPENAI, provider, body).sent();
    }
}
