package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.dialect.Account;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Json;
import io.camelback.dialect.Target;
import io.camelback.dialect.ToolNames;
import io.camelback.http.CallEntity;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * A Kamelet's first move: the caller's request in the provider's words. Always written from the original, so that a link
 * never sees what another link made of it. Of the caller's headers, those that were put aside for a provider of its own
 * dialect go along; they prevail over what the Kamelet said before.
 */
final class ToProvider implements Processor {
    private final Dialect dialect;
    private final Addressing addressing;

    /** Where in the provider's URL the model and the wish to stream are said, for dialects that say it there. */
    interface Addressing {
        void apply(Message message, Deployment deployment, boolean stream);

        Addressing IN_THE_BODY = (message, deployment, stream) -> { };
    }

    ToProvider(Dialect dialect, Addressing addressing) {
        this.dialect = dialect;
        this.addressing = addressing;
    }

    @Override
    public void process(Exchange exchange) {
        LiveAttempt attempt = LiveAttempt.of(exchange);
        ChatRequest request = attempt.call().request();
        Deployment deployment = attempt.deployment();
        boolean stream = Admit.streams(request, deployment);
        if (request.original() == null || !request.original().dialect().equals(dialect.name())) {
            attempt.translated().toolNames(ToolNames.of(request, dialect.toolNames()));
        }
        Account account = new Account(dialect, deployment.provider().name());
        byte[] body = body(attempt, account, stream);
        attempt.translated().asks(account, () -> {
            byte[] mended = body(attempt, account.withoutAny(), stream);
            return Arrays.equals(mended, body) ? null : mended;
        });
        Message message = exchange.getMessage();
        if (request.original() != null && request.original().dialect().equals(dialect.name())) {
            attempt.call().forwarded().forEach(message::setHeader);
        }
        message.setBody(new CallEntity(body, attempt.upstream()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        addressing.apply(message, deployment, stream);
        attempt.sending();
    }

    private byte[] body(LiveAttempt attempt, Account account, boolean stream) {
        ChatRequest request = attempt.translated().toolNames().sent(account.sent(attempt.call().request()));
        return Json.bytes(dialect.writeRequest(request, target(attempt.deployment()), stream));
    }

    static Target target(Deployment deployment) {
        return new Target(deployment.model(), deployment.maxOutput(), deployment.refuses(), deployment.provider().name());
    }
}
