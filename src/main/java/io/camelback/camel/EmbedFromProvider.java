package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.embed.EmbedAnswer;
import java.util.List;

/**
 * A Kamelet's last move for embeddings. While inputs are left that the provider could not take at once, the message's body
 * stays empty, and the Kamelet goes on with the next of them.
 */
final class EmbedFromProvider extends AnswerReading {
    /** The longest answer: 2,048 vectors of 3,072 numbers each, and the spaces that OpenAI puts before every one. */
    private static final int MAX_ANSWER = 256 << 20;

    private final EmbedDialect dialect;

    EmbedFromProvider(EmbedDialect dialect) {
        super(MAX_ANSWER);
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
