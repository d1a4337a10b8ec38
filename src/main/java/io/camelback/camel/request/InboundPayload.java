package io.camelback.camel.request;

import io.camelback.chat.ChatRequest;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.tokens.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a caller wants: an answer in a conversation, or embeddings. Both go through the same chains, breakers, retries
 * and cooldowns.
 */
public sealed interface InboundPayload {
    /** The name the caller asked for. */
    String model();

    /** The request itself, as routes see it in the message's body. */
    Record request();

    /** About how many tokens it has. */
    long countTokens();

    /** The same with more labels, where labels mean anything. */
    default InboundPayload hinted(Map<String, String> labels) {
        return this;
    }

    record Chat(ChatRequest request) implements InboundPayload {
        @Override
        public String model() {
            return request.model();
        }

        @Override
        public long countTokens() {
            return TokenEstimate.of(request);
        }

        @Override
        public Chat hinted(Map<String, String> labels) {
            return new Chat(request.hinted(labels));
        }
    }

    record Embeddings(EmbeddingRequest request) implements InboundPayload {
        @Override
        public String model() {
            return request.model();
        }

        @Override
        public long countTokens() {
            List<String> texts = new ArrayList<>();
            long tokens = 0;
            for (EmbeddingRequest.Input input : request.inputs()) {
                if (input instanceof EmbeddingRequest.Input.Text text) {
                    texts.add(text.text());
                } else if (input instanceof EmbeddingRequest.Input.Tokens ids) {
                    tokens += ids.ids().size();
                }
            }
            return tokens + TokenEstimate.of(texts);
        }
    }
}
