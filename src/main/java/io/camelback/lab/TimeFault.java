package io.camelback.lab;

import io.camelback.lab.Frame.Kind;
import io.camelback.lab.Step.End;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Faults of time: the answer comes late, or not to its end. The client's leaving is noticed at once in all of them. */
public sealed interface TimeFault extends Fault {

    /** See {@link Fault#silence()}. */
    record Silence() implements TimeFault {
        @Override
        public List<Step> steps(Answer answer) {
            return new Plan().end(End.HANG);
        }
    }

    /** See {@link Fault#slowHeaders(Duration)}. */
    record SlowHeaders(Duration delay) implements TimeFault {
        public SlowHeaders {
            positive(delay);
        }

        @Override
        public List<Step> steps(Answer answer) {
            return BodyFault.Ok.play(new Plan().pause(delay), answer);
        }
    }

    /**
     * See {@link Fault#slowFirstToken} and {@link Fault#pingsBeforeFirstToken}. A plain answer has its headers at once, too;
     * its pings are empty lines before the JSON, as some providers send them.
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
        public List<Step> steps(Answer answer) {
            Plan plan = new Plan().chunked(answer.headers());
            if (!answer.stream()) {
                return waiting(plan, "\n").chunk(answer.json(), answer.length()).lastChunk().end(End.KEEP);
            }
            List<Frame> opening = answer.frames(Kind.OPENING);
            List<Frame> rest = answer.frames().stream().filter(frame -> frame.kind() != Kind.OPENING).toList();
            if (pingEvery == null) {
                waiting(plan, null).frames(opening, Duration.ZERO);
            } else {
                waiting(plan.frames(opening, Duration.ZERO), answer.ping());
            }
            return plan.frames(rest, answer.delay()).lastChunk().end(End.KEEP);
        }

        private Plan waiting(Plan plan, String ping) {
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

    /** See {@link Fault#stallAfter(int)}. */
    record StallAfter(int tokens) implements TimeFault {
        public StallAfter {
            if (tokens < 0) {
                throw new IllegalArgumentException("No answer can stall after " + tokens + " tokens");
            }
        }

        @Override
        public List<Step> steps(Answer answer) {
            return answer.begin(tokens).end(End.HANG);
        }
    }

    /** See {@link Fault#lingerAfterDone()}. A plain answer is just a good one. */
    record LingerAfterDone() implements TimeFault {
        @Override
        public List<Step> steps(Answer answer) {
            return answer.stream()
                    ? new Plan().chunked(answer.headers()).frames(answer.frames(), answer.delay()).end(End.HANG)
                    : BodyFault.Ok.play(new Plan(), answer);
        }
    }

    private static void positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A delay must be longer than nothing, not " + time);
        }
    }
}
