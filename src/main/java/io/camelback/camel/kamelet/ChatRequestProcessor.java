package io.camelback.camel.kamelet;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderAccount;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.upstream.UpstreamCallEntity;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * A Kamelet's first move: the caller's request in the provider's words. Always written from the original, so that a
 * link never sees what another link made of it. Of the caller's headers, those that were put aside for a provider of
 * its own dialect go along; they prevail over what the Kamelet said before.
 */
public final class ChatRequestProcessor implements Processor {
    private final ProviderCodec codec;
    private final Addressing addressing;

    /** Where in the provider's URL the model and the wish to stream are said, for dialects that say it there. */
    public interface Addressing {
        void apply(Message message, Deployment deployment, boolean stream);

        Addressing IN_THE_BODY = (message, deployment, stream) -> {};
    }

    public ChatRequestProcessor(ProviderCodec codec, Addressing addressing) {
        this.codec = codec;
        this.addressing = addressing;
    }

    @Override
    public void process(Exchange exchange) {
        ProviderAttempt attempt = ProviderAttempt.of(exchange);
        ChatRequest request = attempt.context().effectiveRequest();
        Deployment deployment = attempt.deployment();
        boolean stream = AttemptAdmissionProcessor.streams(request, deployment);
        attempt.translation().toolNames(toolNames(request, deployment));
        ProviderAccount account =
                new ProviderAccount(codec, deployment.provider().name());
        byte[] body = body(attempt, account, stream);
        attempt.translation().asks(account, () -> {
            byte[] mended = body(attempt, account.withoutAny(), stream);
            return Arrays.equals(mended, body) ? null : mended;
        });
        attempt.translation()
                .original(() -> OriginalRequest.reached(request, codec.name(), attempt.deployment(), body));
        Message message = exchange.getMessage();
        if (request.original() != null && request.original().dialect().equals(codec.name())) {
            attempt.context().forwarded().forEach(message::setHeader);
        }
        message.setBody(new UpstreamCallEntity(body, attempt.upstream()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        addressing.apply(message, deployment, stream);
        attempt.sending();
    }

    private ToolNames toolNames(ChatRequest request, Deployment deployment) {
        boolean retells = codec.retells(request, target(deployment));
        boolean same =
                request.original() != null && request.original().dialect().equals(codec.name()) && !retells;
        ToolNames names = ToolNames.of(request, same ? ToolNames.ANY : codec.toolNames(), codec.argumentNames());
        return retells ? names.retelling() : names;
    }

    private byte[] body(ProviderAttempt attempt, ProviderAccount account, boolean stream) {
        ChatRequest request = attempt.translation()
                .toolNames()
                .sent(account.sent(attempt.context().effectiveRequest()));
        return Json.bytes(attempt.usage().billable(codec.writeRequest(request, target(attempt.deployment()), stream)));
    }

    static ProviderModel target(Deployment deployment) {
        return new ProviderModel(
                deployment.model(),
                deployment.maxOutput(),
                deployment.unsupported(),
                deployment.provider().name());
    }
}
