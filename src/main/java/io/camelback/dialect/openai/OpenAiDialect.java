package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.AnswerCollector;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.Target;

/**
 * Chat Completions as providers speak it: OpenAI, and every compatible server with what it does otherwise. A request that was
 * received in this dialect is passed through, with the model, the streaming fields and what the target refuses replaced.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI's reference</a>
 */
public final class OpenAiDialect implements Dialect {
    /** The dialect's name, also the origin of what only it can read. */
    public static final String NAME = "openai";

    /** {@code openai}. */
    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, Target target, boolean stream) {
        return OpenAiRequestWriter.write(request, target, stream);
    }

    /** A finish reason that we do not know is kept as the raw word: {@code error} and its like are for the caller to judge. */
    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return OpenAiAnswerReader.read(body);
    }

    @Override
    public StreamReader streamReader() {
        return new OpenAiStreamReader();
    }

    /** Merges chunks into the body that the provider would have sent at once, fields unknown to us included. */
    @Override
    public AnswerCollector collector() {
        return new OpenAiCollector();
    }
}
