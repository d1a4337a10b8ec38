package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.embed.EmbedAnswer;
import java.util.List;

/**
 * A Kamelet's last move for embeddings. While inputs are left that the provider could not take at once, the message's body
 * stays empty, and the Kamelet goes on with the next of them.
 */
final class EmbedFromProvider extends AnswerReading {
    private final EmbedDialect dialect;

    /** @param most the longest answer, in bytes */
    EmbedFromProvider(EmbedDialect dialect, int most) {
        super("limits.embeddings", most);
        this.dialect = dialect;
    }

    @Override
    Object answered(LiveAttempt attempt, ObjectNode body) {
        List<EmbedAnswer> batches = attempt.translated().batches();
        batches.add(dialect.reader().read(body, dialect.part(attempt), ToProvider.target(attempt.deployment())));
        if (batches.size() < dialect.parts(attempt).size()) {
            return null;
        }
        EmbedAnswer answer = EmbedAnswer.joined(batches);
        attempt.use().reported(answer.usage());
        attempt.answered();
        return answer;
    }
}
