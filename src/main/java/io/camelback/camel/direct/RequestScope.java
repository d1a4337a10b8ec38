package io.camelback.camel.direct;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.chain.ClassificationProcessor;
import io.camelback.camel.chain.EscalationProcessor;
import io.camelback.camel.chain.PlanThenExecuteProcessors;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.fallback.StaticFallbackProcessor;
import io.camelback.camel.kamelet.AttemptAdmissionProcessor;
import io.camelback.camel.request.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * Keeps a question that a route asks apart from the exchange it is asked in. While the question lasts, the exchange has
 * a new message and none but the question's variables; at its end the exchange has its own message and variables again.
 * So the next question in the same exchange is a new one, and a question inside of another leaves that as it was.
 */
final class RequestScope {
    private static final String VARIABLE = "camelbackScope";
    /** All variables that our steps and the shipped chains set. */
    private static final List<String> VARIABLES = List.of(
            VARIABLE,
            RequestContext.VARIABLE,
            RequestContextFactory.ASKED,
            ProviderAttempt.VARIABLE,
            RequestContext.TARGET,
            AttemptAdmissionProcessor.DEPLOYMENT,
            ClassificationProcessor.COMPLEXITY,
            ClassificationProcessor.TASK,
            ClassificationProcessor.SUGGESTED_CHAIN,
            EscalationProcessor.TRIGGER,
            StaticFallbackProcessor.TEXT,
            PlanThenExecuteProcessors.INSTRUCTION,
            PlanThenExecuteProcessors.PLANNING);

    private final Message message;
    private final Map<String, Object> variables = new LinkedHashMap<>();

    private RequestScope(Exchange exchange) {
        this.message = exchange.getMessage();
        for (String name : VARIABLES) {
            variables.put(name, exchange.removeVariable(name));
        }
    }

    /** Begins a question: from now on the exchange has an empty message and none of our variables but the scope. */
    static RequestScope open(Exchange exchange) {
        RequestScope scope = new RequestScope(exchange);
        exchange.setVariable(VARIABLE, scope);
        exchange.setMessage(new DefaultMessage(exchange));
        return scope;
    }

    /** The innermost question of an exchange; null when there is none. */
    static RequestScope of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, RequestScope.class);
    }

    /** The message that asks. */
    Message message() {
        return message;
    }

    /** Ends the question: message and variables are what they were before. */
    void close(Exchange exchange) {
        variables.forEach((name, value) -> {
            if (value == null) {
                exchange.removeVariable(name);
            } else {
                exchange.setVariable(name, value);
            }
        });
        exchange.setMessage(message);
    }
}
