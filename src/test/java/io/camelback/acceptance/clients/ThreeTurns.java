package io.camelback.acceptance.clients;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.List;

/**
 * Three turns of one conversation, each answered by the link of the chain balanced that stands at its place; those
 * before it in the chain fail at that turn.
 */
record ThreeTurns(SimulatedFault fault, List<BalancedChainLinks> answering) {
    /** Each link once, from the first to the last: the first one fails in the middle, then the second. */
    static final ThreeTurns DOWN = new ThreeTurns(
            SimulatedFault.status(529),
            List.of(BalancedChainLinks.CLAUDE, BalancedChainLinks.GPT, BalancedChainLinks.GEMINI));

    /** The last link first: the others are down when the conversation begins, and come back. */
    static final ThreeTurns UP = new ThreeTurns(
            SimulatedFault.errorEventFirst(),
            List.of(BalancedChainLinks.GEMINI, BalancedChainLinks.CLAUDE, BalancedChainLinks.GPT));

    static final List<ThreeTurns> ALL = List.of(DOWN, UP);

    /** From now on, these answers in this order. */
    void play(GatewayTestCase drill, List<SimulatedCompletion> answers) {
        for (BalancedChainLinks link : BalancedChainLinks.values()) {
            drill.breaker(link.link).reset();
            drill.script(link.link).clear();
            for (int turn = 0; turn < answering.size(); turn++) {
                if (answering.get(turn) == link) {
                    drill.script(link.link).then(SimulatedFault.ok(answers.get(turn)));
                } else if (link.ordinal() < answering.get(turn).ordinal()) {
                    drill.script(link.link).then(fault);
                }
            }
        }
    }

    BalancedChainLinks last() {
        return answering.get(answering.size() - 1);
    }

    @Override
    public String toString() {
        return answering + " after " + fault;
    }
}
