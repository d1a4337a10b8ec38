package io.camelback.protocol.feature;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request with a feature and the same one without it.
 *
 * @param own whether only the bytes of its own dialect can hold it; else even that target gets it from the neutral form
 * @param expected by target: what its body holds with the feature only; null where it holds nothing of it
 */
record FeatureProof(
        ProtocolFeature feature,
        TestProtocol endpoint,
        boolean own,
        String without,
        String with,
        List<String> expected) {
    private static final Map<TestProtocol, String> PLAIN = Map.of(
            OPENAI, "{'model':'m','messages':[{'role':'user','content':'Hi'}]}",
            ANTHROPIC, "{'model':'m','max_tokens':4096,'messages':[{'role':'user','content':'Hi'}]}",
            GEMINI, "{'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}",
            RESPONSES, "{'model':'m','input':[{'role':'user','content':'Hi'}]}");

    static List<FeatureProof> all() {
        return Stream.of(
                        new ConversationProofs(),
                        new MediaProofs(),
                        new ToolProofs(),
                        new HistoryProofs(),
                        new OutputProofs(),
                        new ThinkingProofs(),
                        new ServiceProofs())
                .flatMap(table -> table.proofs().stream())
                .toList();
    }

    /** The target's body, by the feature or without it. */
    String body(TestProtocol target, boolean featured) {
        ChatRequest request = request(featured);
        return Json.text(target.write(target == endpoint && !own ? request.withoutOriginal() : request, false))
                .replace('"', '\'');
    }

    ChatRequest request(boolean featured) {
        ObjectNode body = ProtocolCorpus.object(PLAIN.get(endpoint).replace('\'', '"'));
        body.setAll(ProtocolCorpus.object(("{" + (featured ? with : without) + "}").replace('\'', '"')));
        return endpoint.read(body);
    }

    /** Where the answer will be cut. */
    List<String> cutAt(TestProtocol target, boolean featured) {
        return target.dialect.unsentStops(request(featured), target.target);
    }

    String expected(TestProtocol target) {
        return expected.get(target.ordinal());
    }
}
