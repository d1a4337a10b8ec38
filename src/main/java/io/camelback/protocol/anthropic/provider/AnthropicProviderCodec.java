package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.UnsupportedParameter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The provider's side of Anthropic's Messages API, version {@code 2023-06-01}.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Messages API</a>
 */
public final class AnthropicProviderCodec implements ProviderCodec {
    @Override
    public String name() {
        return ProtocolNames.ANTHROPIC;
    }

    @Override
    public SignatureLocator signatures() {
        return AnthropicSignatureLocator.INSTANCE;
    }

    /** The name of an argument as Anthropic takes it. */
    static final Pattern ARGUMENT = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    @Override
    public Pattern argumentNames() {
        return ARGUMENT;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream) {
        ChatRequest.Original original = request.original();
        return original != null && ProtocolNames.ANTHROPIC.equals(original.dialect())
                ? AnthropicPassThrough.write(original.body(), target, stream)
                : new AnthropicRequestWriter(request, target).write(stream);
    }

    /** A sequence without a visible character is a 400; in a request of this dialect it is the caller's own. */
    @Override
    public List<String> unsentStops(ChatRequest request, ProviderModel target) {
        boolean own = request.original() != null
                && ProtocolNames.ANTHROPIC.equals(request.original().dialect());
        return own || !target.supports(UnsupportedParameter.STOP)
                ? ProviderCodec.super.unsentStops(request, target)
                : request.sampling().stop().stream()
                        .filter(stop -> stop.isBlank() && !stop.isEmpty())
                        .toList();
    }

    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return AnthropicAnswerReader.read(body);
    }

    @Override
    public StreamReader streamReader() {
        return new AnthropicStreamReader();
    }

    /**
     * Merges events into the message that the provider would have sent at once, blocks and fields unknown to us
     * included.
     */
    @Override
    public AnswerCollector collector() {
        return new AnthropicCollector();
    }
}
