package io.camelback.lab;

import io.camelback.lab.Step.End;
import java.util.List;

/** Faults below HTTP: there is no answer at all, or none that is HTTP. */
public sealed interface ConnectionFault extends Fault {

    /** See {@link Fault#resetAtConnect()}. */
    record ResetAtConnect() implements ConnectionFault {
        @Override
        public List<Step> steps(Answer answer) {
            return new Plan().end(End.RESET);
        }
    }

    /** See {@link Fault#resetBeforeHeaders()}. */
    record ResetBeforeHeaders() implements ConnectionFault {
        @Override
        public List<Step> steps(Answer answer) {
            return new Plan().end(End.RESET);
        }
    }

    /** See {@link Fault#closeBeforeHeaders()}. */
    record CloseBeforeHeaders() implements ConnectionFault {
        @Override
        public List<Step> steps(Answer answer) {
            return new Plan().end(End.CLOSE);
        }
    }

    /** See {@link Fault#rawBytes(byte[])}. */
    record RawBytes(byte[] response) implements ConnectionFault {
        public RawBytes {
            response = response.clone();
        }

        @Override
        public byte[] response() {
            return response.clone();
        }

        @Override
        public List<Step> steps(Answer answer) {
            return new Plan().raw(response).end(End.CLOSE);
        }
    }
}
