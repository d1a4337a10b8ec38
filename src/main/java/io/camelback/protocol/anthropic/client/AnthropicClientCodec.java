package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;

/**
 * Anthropic's Messages API as callers speak it: its SDKs of any major version, and Claude Code. Requests are read
 * strictly, with errors that name the field; answers and events that came in this dialect go out as they came.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Messages API</a>
 */
public final class AnthropicClientCodec implements ClientCodec {
    /** What Anthropic's clients know as "overloaded": they wait longer and try again. */
    private static final int OVERLOADED = 529;

    /** {@code anthropic}. */
    @Override
    public String name() {
        return ProtocolNames.ANTHROPIC;
    }

    /**
     * Reads a request. Lone surrogates are replaced by U+FFFD, in the original too. Tools that run at Anthropic
     * ({@code web_search_*}, {@code computer_*}, …) have no neutral form: only providers of the same dialect get them.
     * Thinking that this codec once gave out for another provider is read back as that provider's.
     */
    @Override
    public ChatRequest readRequest(ObjectNode body) {
        return AnthropicRequestReader.read(body);
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        return AnthropicAnswerWriter.write(answer, request, requestId);
    }

    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return new AnthropicStreamWriter(request, requestId);
    }

    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return AnthropicErrors.write(error, requestId);
    }

    /** 529 where every model is overloaded or out of service (docs/failures.md S09). */
    @Override
    public int status(GatewayError error) {
        return error.status() == 503 && "upstream_unavailable".equals(error.code()) ? OVERLOADED : error.status();
    }

    /**
     * The event that Anthropic itself sends: some of its clients throw on comments.
     *
     * @see <a href="https://github.com/jundot/omlx/issues/1011">clients that throw on comments</a>
     */
    @Override
    public String heartbeat() {
        return "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    }
}
