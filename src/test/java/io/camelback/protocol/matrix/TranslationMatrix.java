package io.camelback.protocol.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every request of the corpus, for every target. */
final class TranslationMatrix {
    private TranslationMatrix() {}

    /** One request and who shall answer it. */
    record Pair(ProtocolCorpus.Request request, TestProtocol target) {
        ChatRequest read() {
            return request.endpoint().read(request.body());
        }

        boolean same() {
            return request.endpoint() == target;
        }

        /** The body a provider gets, or why this target is passed over. */
        Written write() {
            try {
                return new Written(Optional.of(target.write(read(), false)), null);
            } catch (UnsupportedFeatureException refused) {
                return new Written(Optional.empty(), refused.getMessage());
            }
        }

        /**
         * What changed in the meaning, by what the target's own endpoint reads of it. The caller's bytes are not passed
         * on.
         */
        List<String> difference() {
            ChatRequest neutral = read().withoutOriginal();
            try {
                ObjectNode body = target.write(neutral, false);
                return FactDifference.between(RequestFacts.of(neutral), RequestFacts.of(target.read(body)));
            } catch (UnsupportedFeatureException refused) {
                return List.of();
            }
        }

        @Override
        public String toString() {
            return request + " -> " + target;
        }
    }

    record Written(Optional<ObjectNode> body, String refused) {
        String text() {
            return body.map(node -> node.toPrettyString() + "\n").orElse(refused + "\n");
        }

        String suffix() {
            return body.isPresent() ? ".json" : ".refused";
        }
    }

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (ProtocolCorpus.Request request : ProtocolCorpus.requests()) {
            for (TestProtocol target : TestProtocol.values()) {
                pairs.add(new Pair(request, target));
            }
        }
        return pairs;
    }
}
