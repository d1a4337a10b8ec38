package io.camelback.simulator;

import io.camelback.simulator.protocol.ResponseScript;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.ResponseStep.End;
import io.camelback.simulator.protocol.SimulatedAnswer;
import io.camelback.simulator.protocol.StreamFrame;
import io.camelback.simulator.protocol.StreamFrame.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Faults in the middle of a stream: the answer has begun well, and what follows is missing or wrong. */
public sealed interface StreamFault extends SimulatedFault {

    /** See {@link SimulatedFault#cutAfter}, {@link SimulatedFault#resetAfter} and {@link SimulatedFault#endAfter}. */
    record CutAfter(int tokens, Cut how) implements StreamFault {
        public CutAfter {
            notNegative(tokens);
        }

        /** How the answer ends before its end. */
        public enum Cut {
            /** The connection is closed in the middle of the HTTP answer. */
            FIN,
            /** The connection breaks. */
            RESET,
            /** The HTTP answer ends regularly, only the model's does not. */
            END
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            if (how != Cut.END) {
                return answer.begin(tokens).end(how == Cut.FIN ? End.CLOSE : End.RESET);
            }
            return answer.stream()
                    ? answer.begin(tokens).lastChunk().end(End.KEEP)
                    : new ResponseScript()
                            .whole(200, answer.headers(), answer.half())
                            .end(End.KEEP);
        }
    }

    /**
     * See {@link SimulatedFault#finishWithoutDone()}. Gemini and Responses have none beside the finish: there it is a
     * good answer.
     */
    record FinishWithoutDone() implements StreamFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            if (!answer.stream()) {
                return BodyFault.Ok.play(new ResponseScript(), answer);
            }
            List<StreamFrame> frames = answer.frames().stream()
                    .filter(frame -> frame.kind() != Kind.TERMINATOR)
                    .toList();
            return new ResponseScript()
                    .chunked(answer.headers())
                    .frames(frames, answer.delay())
                    .lastChunk()
                    .end(End.KEEP);
        }
    }

    /** See {@link SimulatedFault#errorEventAfter(int)}. A plain answer is the error with status 200. */
    record ErrorEvent(int tokens, int status) implements StreamFault {
        public ErrorEvent {
            notNegative(tokens);
        }

        /** The dialect's own error for another status. */
        public ErrorEvent status(int other) {
            return new ErrorEvent(tokens, other);
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return answer.stream()
                    ? answer.begin(tokens)
                            .chunk(utf8(answer.errorEvent(status)))
                            .lastChunk()
                            .end(End.CLOSE)
                    : new ResponseScript()
                            .whole(200, answer.headers(), utf8(answer.error(status, null)))
                            .end(End.KEEP);
        }
    }

    /** See {@link SimulatedFault#malformedJson(int)}. */
    record MalformedJson(int afterTokens) implements StreamFault {
        public MalformedJson {
            notNegative(afterTokens);
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            if (!answer.stream()) {
                return new ResponseScript()
                        .whole(200, answer.headers(), answer.half())
                        .end(End.KEEP);
            }
            List<StreamFrame> frames = answer.frames();
            List<StreamFrame> rest = frames.subList(answer.frames(afterTokens).size(), frames.size());
            return answer.begin(afterTokens)
                    .chunk(utf8(answer.brokenEvent()))
                    .frames(rest, answer.delay())
                    .lastChunk()
                    .end(End.KEEP);
        }
    }

    /** See {@link SimulatedFault#badChunkSize(int)}. */
    record BadChunkSize(int afterTokens) implements StreamFault {
        public BadChunkSize {
            notNegative(afterTokens);
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            ResponseScript plan = answer.stream()
                    ? answer.begin(afterTokens)
                    : new ResponseScript().chunked(answer.headers()).chunk(answer.half());
            return plan.raw(utf8("not-a-size\r\n")).end(End.CLOSE);
        }
    }

    private static void notNegative(int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("No answer can go wrong after " + tokens + " tokens");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
