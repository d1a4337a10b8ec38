package io.camelback.simulator;

import io.camelback.simulator.protocol.ResponseScript;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.ResponseStep.End;
import io.camelback.simulator.protocol.SimulatedAnswer;
import io.camelback.simulator.protocol.StreamFrame;
import io.camelback.simulator.protocol.StreamFrame.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Delays: the answer comes late, or not to its end. The client's leaving is noticed at once in all of them. */
public sealed interface TimeFault extends SimulatedFault {

    /** See {@link SimulatedFault#silence()}. */
    record Silence() implements TimeFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript().end(End.HANG);
        }
    }

    /** See {@link SimulatedFault#slowHeaders(Duration)}. */
    record SlowHeaders(Duration delay) implements TimeFault {
        public SlowHeaders {
            positive(delay);
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return BodyFault.Ok.play(new ResponseScript().pause(delay), answer);
        }
    }

    /**
     * See {@link SimulatedFault#slowFirstToken} and {@link SimulatedFault#pingsBeforeFirstToken}. A plain answer has
     * its headers at once, too; its pings are empty lines before the JSON, as some providers send them.
     *
     * @param pingEvery null for no pings
     */
    record SlowFirstToken(Duration delay, Duration pingEvery) implements TimeFault {
        public SlowFirstToken {
            positive(delay);
            if (pingEvery != null) {
                positive(pingEvery);
            }
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            ResponseScript plan = new ResponseScript().chunked(answer.headers());
            if (!answer.stream()) {
                return waiting(plan, "\n")
                        .chunk(answer.json(), answer.length())
                        .lastChunk()
                        .end(End.KEEP);
            }
            List<StreamFrame> opening = answer.frames(Kind.OPENING);
            List<StreamFrame> rest = answer.frames().stream()
                    .filter(frame -> frame.kind() != Kind.OPENING)
                    .toList();
            if (pingEvery == null) {
                waiting(plan, null).frames(opening, Duration.ZERO);
            } else {
                waiting(plan.frames(opening, Duration.ZERO), answer.ping());
            }
            return plan.frames(rest, answer.delay()).lastChunk().end(End.KEEP);
        }

        private ResponseScript waiting(ResponseScript plan, String ping) {
            if (pingEvery == null) {
                return plan.pause(delay);
            }
            Duration left = delay;
            for (; left.compareTo(pingEvery) > 0; left = left.minus(pingEvery)) {
                plan.chunk(ping.getBytes(StandardCharsets.UTF_8)).pause(pingEvery);
            }
            return plan.pause(left);
        }
    }

    /** See {@link SimulatedFault#stallAfter(int)}. */
    record StallAfter(int tokens) implements TimeFault {
        public StallAfter {
            if (tokens < 0) {
                throw new IllegalArgumentException("No answer can stall after " + tokens + " tokens");
            }
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return answer.begin(tokens).end(End.HANG);
        }
    }

    /** See {@link SimulatedFault#lingerAfterDone()}. A plain answer is just a good one. */
    record LingerAfterDone() implements TimeFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return answer.stream()
                    ? new ResponseScript()
                            .chunked(answer.headers())
                            .frames(answer.frames(), answer.delay())
                            .end(End.HANG)
                    : BodyFault.Ok.play(new ResponseScript(), answer);
        }
    }

    private static void positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A delay must be longer than nothing, not " + time);
        }
    }
}
