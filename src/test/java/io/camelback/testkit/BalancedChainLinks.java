package io.camelback.testkit;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import java.util.List;

/** The first three links of the chain balanced, each of another dialect: who is to answer. */
public enum BalancedChainLinks {
    CLAUDE("claude-sonnet", "claude-sonnet-5-5"),
    GPT("gpt-mini", "gpt-5.4-mini"),
    GEMINI("gemini-flash", "gemini-3.8-flash");

    public static final String CHAIN = "balanced";

    public final String link;
    public final String model;

    BalancedChainLinks(String link, String model) {
        this.link = link;
        this.model = model;
    }

    /** From now on all links before this one fail so, and this one says that. */
    public void answers(GatewayTestCase drill, SimulatedFault fault, SimulatedCompletion said) {
        for (BalancedChainLinks other : values()) {
            drill.script(other.link).clear();
            drill.breaker(other.link).reset();
            if (other.ordinal() < ordinal()) {
                drill.script(other.link).always(fault);
            }
        }
        drill.gateway()
                .vitals
                .cooldowns()
                .all()
                .keySet()
                .forEach(drill.gateway().vitals.cooldowns()::clear);
        drill.provider(link).answer(said);
    }

    /** What its provider was asked last. */
    public RecordedRequest asked(GatewayTestCase drill) {
        List<RecordedRequest> all = drill.provider(link).received();
        return all.get(all.size() - 1);
    }

    /** What its provider was shown last. */
    public ReceivedConversation shown(GatewayTestCase drill) {
        return ReceivedConversation.of(asked(drill).json());
    }
}
