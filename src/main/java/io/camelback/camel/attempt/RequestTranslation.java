package io.camelback.camel.attempt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.protocol.ProviderAccount;
import io.camelback.protocol.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What was changed in a request for its provider, as far as it is needed to read the answer, or to ask once more. */
public final class RequestTranslation {
    private final List<EmbeddingAnswer> batches = new ArrayList<>();
    private ToolNames toolNames = ToolNames.UNCHANGED;
    private BooleanSupplier original = () -> false;
    private ProviderAccount account;
    private Supplier<byte[]> withoutThinking = () -> null;

    /**
     * Whose account is asked in a conversation.
     *
     * @param without the request's body once more, without what any account signed or encrypted; null when it holds
     *     nothing
     */
    public void asks(ProviderAccount asked, Supplier<byte[]> without) {
        account = asked;
        withoutThinking = without;
    }

    /** A provider's answer, or an event of it, with what only its account understands marked as such. */
    public ObjectNode received(ObjectNode body) {
        return account == null ? body : account.received(body);
    }

    /** The body without thinking, the first time it is asked for; null when there is none, and from then on. */
    byte[] withoutThinking() {
        byte[] body = withoutThinking.get();
        withoutThinking = () -> null;
        return body;
    }

    /** @param asItCame whether the provider is its format's own maker and gets the caller's request as it came */
    public void original(BooleanSupplier asItCame) {
        original = asItCame;
    }

    /** Whether a refusal of the request is a refusal of what the caller sent. */
    boolean isOriginal() {
        return original.getAsBoolean();
    }

    /** By which names the provider knows the caller's tools. */
    public ToolNames toolNames() {
        return toolNames;
    }

    public void toolNames(ToolNames names) {
        toolNames = names;
    }

    /**
     * The answers to those inputs of a request for embeddings that have gone out already, when it is too large for one.
     */
    public List<EmbeddingAnswer> batches() {
        return batches;
    }
}
