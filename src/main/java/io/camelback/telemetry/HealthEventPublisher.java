package io.camelback.telemetry;

import io.camelback.attempt.ChainEscalation;
import io.camelback.event.EventPublisher;
import io.camelback.event.GatewayEvent;
import io.camelback.event.GatewayEvent.Type;
import io.camelback.failure.FailureKind;
import io.camelback.resilience.CircuitBreakers;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.telemetry.record.OutcomeCode;
import io.camelback.telemetry.record.RequestOutcome;
import io.camelback.telemetry.record.RequestRecord;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Publishes events about requests, breakers and cooldowns. */
final class HealthEventPublisher {
    private final EventPublisher events;

    HealthEventPublisher(EventPublisher events) {
        this.events = events;
    }

    void done(RequestOutcome judged) {
        RequestRecord entry = judged.entry();
        if (judged.result() == RequestOutcome.Result.FAILED && entry.deployment() == null) {
            tell(
                    Type.EXHAUSTED,
                    entry.chain(),
                    "Nobody in " + entry.chain() + " could answer: " + tried(entry) + ".",
                    facts(judged));
        }
        if (entry.degraded() != null && judged.isSuccess()) {
            tell(
                    Type.DEGRADED,
                    entry.chain(),
                    switch (entry.degraded()) {
                        case "reduced" ->
                            entry.deployment() + " answers for " + entry.chain()
                                    + ", a tier below the one that was asked.";
                        case "basic" ->
                            entry.deployment() + " answers for " + entry.chain() + ", a model of the last resort.";
                        case "cached" -> entry.chain() + " answers from its memory: no model could.";
                        default -> entry.chain() + " gives its static text: no model could answer.";
                    },
                    facts(judged));
            tell(
                    Type.REVIEW,
                    entry.id(),
                    "The answer to request " + entry.id() + " may need a look: it was " + entry.degraded() + ".",
                    facts(judged));
        }
        entry.escalations()
                .forEach(one -> tell(
                        Type.ESCALATION,
                        one.toString(),
                        entry.chain() + " went on to " + one.layer() + ": " + one.trigger() + ".",
                        escalated(judged, one)));
        if (entry.escalations().isEmpty()
                && judged.first() != null
                && judged.answering() != null
                && judged.answering().tier() < judged.first().tier()) {
            tell(
                    Type.ESCALATION,
                    entry.chain(),
                    entry.chain() + " went up from " + judged.first().name() + " to "
                            + judged.answering().name() + ".",
                    facts(judged));
        }
    }

    /** Requests to a chain are held until somebody can answer. */
    void waiting(String chain) {
        tell(
                Type.EXHAUSTED,
                chain,
                "No deployment of " + chain + " is available; its requests wait.",
                Map.of("chain", chain, "waits", true));
    }

    private static String tried(RequestRecord entry) {
        List<String> turns = entry.attempts().stream()
                .filter(OutcomeCode::counts)
                .map(turn -> turn.deployment() + " " + OutcomeCode.of(turn))
                .distinct()
                .toList();
        return turns.isEmpty() ? "there was no deployment to call" : String.join(", ", turns);
    }

    private static Map<String, Object> facts(RequestOutcome judged) {
        RequestRecord entry = judged.entry();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("request", entry.id());
        facts.put("chain", entry.chain());
        facts.put("status", entry.status());
        put(facts, "degraded", entry.degraded());
        put(facts, "first", judged.first() == null ? null : judged.first().name());
        put(facts, "answered_by", entry.deployment());
        put(facts, "error", entry.error() == null ? null : entry.error().code());
        facts.put(
                "tried",
                entry.attempts().stream()
                        .map(turn -> turn.deployment() + " " + OutcomeCode.of(turn))
                        .toList());
        return facts;
    }

    private static Map<String, Object> escalated(RequestOutcome judged, ChainEscalation escalation) {
        Map<String, Object> facts = facts(judged);
        facts.put("layer", escalation.layer());
        facts.put("trigger", escalation.trigger());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    void breakerChanged(CircuitBreakers.Transition move) {
        Map<String, Object> facts =
                Map.of("deployment", move.deployment(), "from", word(move.from()), "to", word(move.to()));
        if (move.to() == State.OPEN || move.to() == State.FORCED_OPEN) {
            tell(
                    Type.BREAKER_OPENED,
                    move.deployment(),
                    move.deployment() + " is in cooldown: "
                            + (move.to() == State.OPEN
                                    ? "it failed too often."
                                    : "somebody opened its breaker by hand."),
                    facts);
        } else if (move.to() == State.CLOSED) {
            tell(Type.BREAKER_CLOSED, move.deployment(), move.deployment() + " is asked again.", facts);
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    void cooldownStarted(String name, CooldownRegistry.Cooldown cooldown) {
        FailureKind kind = cooldown.cause() == null ? null : cooldown.cause().kind();
        if (kind == null) {
            return;
        }
        String reason = kind.name().toLowerCase(Locale.ROOT);
        Map<String, Object> facts = Map.of(
                "name", name, "reason", reason, "seconds", cooldown.left().toSeconds());
        if (kind == FailureKind.AUTH || kind == FailureKind.QUOTA) {
            tell(
                    Type.KEY_COOLDOWN,
                    name,
                    "The " + name + " is cooling down: "
                            + (kind == FailureKind.AUTH
                                    ? "the provider refuses it."
                                    : "its quota or its money is used up."),
                    facts);
        } else if (kind == FailureKind.MODEL_GONE) {
            tell(Type.MODEL_GONE, name, "The provider of " + name + " does not serve its model any more.", facts);
        }
    }

    private void tell(Type type, String subject, String text, Map<String, Object> facts) {
        events.publish(new GatewayEvent(type, subject == null ? "a chain" : subject, text, facts));
    }
}
