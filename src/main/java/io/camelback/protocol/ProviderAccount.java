package io.camelback.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * One provider's account in one dialect: only it can read the signatures and the encrypted reasoning it wrote. What
 * another account wrote in the same dialect is left out of its requests as another dialect's is (docs/wire-formats.md,
 * trap 12).
 */
public final class ProviderAccount {
    private final String dialect;
    private final SignatureLocator signatures;
    /** Null for nobody's. */
    private final String name;

    /** @param provider its name in the configuration */
    public ProviderAccount(ProviderCodec codec, String provider) {
        this(codec.name(), codec.signatures(), provider);
    }

    private ProviderAccount(String dialect, SignatureLocator signatures, String name) {
        this.dialect = dialect;
        this.signatures = signatures;
        this.name = name;
    }

    /** Reads nothing at all: its requests hold no signature and no encrypted reasoning, whoever wrote them. */
    public ProviderAccount withoutAny() {
        return new ProviderAccount(dialect, signatures, null);
    }

    /** An answer or an event of this account's, with the account's mark on what only it can read. */
    public ObjectNode received(ObjectNode body) {
        return name.equals(signatures.home())
                ? body
                : signatures.inAnswer(body, signature -> new AccountTag(name, signature).text());
    }

    /** The request as this account may get it; the same request when it holds nothing of another's. */
    public ChatRequest sent(ChatRequest request) {
        List<Message> messages = messages(request.messages());
        ChatRequest.Original original = request.original();
        ObjectNode body = original == null || !original.dialect().equals(dialect)
                ? null
                : signatures.inRequest(original.body(), this::sent);
        boolean sameBody = body == null || body == original.body();
        if (sameBody && messages == request.messages()) {
            return request;
        }
        return request.withHistory(messages, sameBody ? original : new ChatRequest.Original(dialect, body));
    }

    private String sent(String signature) {
        AccountTag mark = AccountTag.read(signature, signatures.home());
        return reads(mark) ? mark.signature() : signatures.foreign();
    }

    /** A dialect without a house of its own takes what bears no mark. */
    private boolean reads(AccountTag mark) {
        return name != null && (mark.account().equals(name) || mark.account().isEmpty());
    }

    private List<Message> messages(List<Message> given) {
        List<Message> messages = new ArrayList<>();
        boolean changed = false;
        for (Message message : given) {
            List<Part> parts = message.parts().stream().map(this::sent).toList();
            boolean same = parts.equals(message.parts());
            messages.add(same ? message : new Message(message.role(), parts, message.name()));
            changed |= !same;
        }
        return changed ? messages : given;
    }

    private Part sent(Part part) {
        if (part instanceof Part.Thinking thinking && dialect.equals(thinking.origin())) {
            return thinking(thinking);
        }
        if (part instanceof Part.ToolCall call && call.signature() != null) {
            AccountTag mark = AccountTag.read(call.signature(), signatures.home());
            return new Part.ToolCall(call.id(), call.name(), call.arguments(), reads(mark) ? mark.signature() : null);
        }
        return part;
    }

    /** Another account's keeps its words, and an origin that no dialect takes for its own. */
    private Part thinking(Part.Thinking thinking) {
        String held = thinking.redacted() != null ? thinking.redacted() : thinking.signature();
        if (held == null) {
            return thinking;
        }
        int id = held.indexOf('|') + 1;
        AccountTag mark = AccountTag.read(held.substring(id), signatures.home());
        if (!reads(mark)) {
            return new Part.Thinking(
                    thinking.text(), thinking.signature(), thinking.redacted(), dialect + " of another account");
        }
        String own = held.substring(0, id) + mark.signature();
        return thinking.redacted() != null
                ? new Part.Thinking(thinking.text(), thinking.signature(), own, dialect)
                : new Part.Thinking(thinking.text(), own, null, dialect);
    }
}
