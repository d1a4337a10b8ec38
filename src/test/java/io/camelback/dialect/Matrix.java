package io.camelback.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every request of the corpus, for every target. */
final class Matrix {
    private Matrix() { }

    /** One request and who shall answer it. */
    record Pair(Corpus.Request request, Tongue target) {
        ChatRequest read() {
            return request.door().read(request.body());
        }

        boolean same() {
            return request.door() == target;
        }

        /** The body a provider gets, or why this target is passed over. */
        Written write() {
            try {
                return new Written(Optional.of(target.write(read(), false)), null);
            } catch (Untranslatable refused) {
                return new Written(Optional.empty(), refused.getMessage());
            }
        }

        /** What changed in the meaning, by what the target's own door reads of it. The caller's bytes are not passed on. */
        List<String> difference() {
            ChatRequest neutral = read().withoutOriginal();
            try {
                ObjectNode body = target.write(neutral, false);
                return Difference.between(RequestFacts.of(neutral), RequestFacts.of(target.read(body)));
            } catch (Untranslatable refused) {
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
        for (Corpus.Request request : Corpus.requests()) {
            for (Tongue target : Tongue.values()) {
                pairs.add(new Pair(request, target));
            }
        }
        return pairs;
    }
}
