package io.camelback.camel.chain;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Processor;

/**
 * The steps of a chain that lets a capable model plan what a quick one then does. The plan goes into the conversation
 * as a system message, so what follows is translated for every provider; without a plan, for whatever reason, the
 * request goes on as it was.
 */
public final class PlanThenExecuteProcessors {
    /** The variable in which the route says how to ask for a plan. */
    public static final String INSTRUCTION = "planInstruction";
    /** The variable that tells the route whether there is anything to plan. */
    public static final String PLANNING = "planning";

    private static final int PLAN_TOKENS = 2_000;

    private PlanThenExecuteProcessors() {}

    /** Lets the next link be asked for a plan; not in the middle of a conversation, which has its plan already. */
    public static Processor plan() {
        return exchange -> {
            RequestContext context = RequestContext.of(exchange);
            ChatRequest request = context == null ? null : context.effectiveRequest();
            boolean planning = request != null
                    && request.messages().stream()
                            .noneMatch(message ->
                                    message.role() == Message.Role.ASSISTANT || message.role() == Message.Role.TOOL);
            exchange.setVariable(PLANNING, planning);
            if (planning) {
                ChatRequest plan = planOf(request, exchange.getVariable(INSTRUCTION, String.class));
                context.overrideRequest(plan);
                exchange.getMessage().setBody(plan);
            }
        };
    }

    private static ChatRequest planOf(ChatRequest request, String instruction) {
        ChatRequestBuilder plan = ChatRequest.builder(request.model());
        request.messages().forEach(plan::message);
        return plan.message(Message.user(instruction))
                .maxOutputTokens(PLAN_TOKENS)
                .effort(request.effort())
                .user(request.user())
                .build()
                .hinted(request.metadata());
    }

    /** Lets the links that follow be asked for the answer, with the plan if there is one. */
    public static Processor planned() {
        return exchange -> {
            RequestContext context = RequestContext.of(exchange);
            Object reply = exchange.getMessage().getBody();
            context.overrideRequest(null);
            exchange.removeVariable(ProviderAttempt.VARIABLE);
            ChatRequest request = context.effectiveRequest();
            if (reply instanceof ChatAnswer plan && !plan.text().isBlank()) {
                request = with(request, plan.text());
                context.overrideRequest(request);
            }
            exchange.getMessage().setBody(request);
        };
    }

    private static ChatRequest with(ChatRequest request, String plan) {
        List<Message> messages = new ArrayList<>();
        int from = 0;
        while (from < request.messages().size() && instructs(request.messages().get(from))) {
            messages.add(request.messages().get(from++));
        }
        messages.add(Message.system(
                "A plan for what is asked below, made by a senior colleague. Follow it, and say nothing of it:\n\n"
                        + plan));
        messages.addAll(request.messages().subList(from, request.messages().size()));
        return request.withHistory(messages, null);
    }

    private static boolean instructs(Message message) {
        return message.role() == Message.Role.SYSTEM || message.role() == Message.Role.DEVELOPER;
    }
}
