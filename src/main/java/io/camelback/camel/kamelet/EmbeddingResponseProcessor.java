package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.embedding.EmbeddingAnswer;
import java.util.List;

/**
 * A Kamelet's last move for embeddings. While inputs are left that the provider could not take at once, the message's
 * body stays empty, and the Kamelet goes on with the next of them.
 */
public final class EmbeddingResponseProcessor extends ProviderResponseProcessor {
    private final EmbeddingProviderCodec dialect;

    /** @param most the longest answer, in bytes */
    public EmbeddingResponseProcessor(EmbeddingProviderCodec dialect, int most) {
        super("limits.embeddings", most);
        this.dialect = dialect;
    }

    @Override
    Object answered(ProviderAttempt attempt, ObjectNode body) {
        List<EmbeddingAnswer> batches = attempt.translation().batches();
        batches.add(
                dialect.reader().read(body, dialect.part(attempt), ChatRequestProcessor.target(attempt.deployment())));
        if (batches.size() < dialect.parts(attempt).size()) {
            return null;
        }
        EmbeddingAnswer answer = EmbeddingAnswer.joined(batches);
        attempt.usage().onUsage(answer.usage());
        attempt.succeed();
        return answer;
    }
}
