package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.AnswerCollector;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Signatures;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.Target;
import java.util.List;

/**
 * The provider's side of Anthropic's Messages API, version {@code 2023-06-01}.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Messages API</a>
 */
public final class AnthropicDialect implements Dialect {
    /** The dialect's name, also the origin of thinking blocks that may be sent back. */
    public static final String NAME = "anthropic";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Signatures signatures() {
        return AnthropicSignatures.INSTANCE;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, Target target, boolean stream) {
        ChatRequest.Original original = request.original();
        return original != null && NAME.equals(original.dialect())
                ? AnthropicPassThrough.write(original.body(), target, stream)
                : new AnthropicRequestWriter(request, target).write(stream);
    }

    /** A sequence without a visible character is a 400; in a request of this dialect it is the caller's own. */
    @Override
    public List<String> unsentStops(ChatRequest request, Target target) {
        boolean own = request.original() != null && NAME.equals(request.original().dialect());
        return own || !target.takes(Refusal.STOP) ? Dialect.super.unsentStops(request, target)
                : request.sampling().stop().stream().filter(stop -> stop.isBlank() && !stop.isEmpty()).toList();
    }

    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return AnthropicAnswerReader.read(body);
    }

    @Override
    public StreamReader streamReader() {
        return new AnthropicStreamReader();
    }

    /** Merges events into the message that the provider would have sent at once, blocks and fields unknown to us included. */
    @Override
    public AnswerCollector collector() {
        return new AnthropicCollector();
    }
}
