package io.camelback.simulator;

import io.camelback.simulator.protocol.ResponseScript;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.ResponseStep.End;
import io.camelback.simulator.protocol.SimulatedAnswer;
import java.util.List;

/** Faults below HTTP: there is no answer at all, or none that is HTTP. */
public sealed interface ConnectionFault extends SimulatedFault {

    /** See {@link SimulatedFault#resetAtConnect()}. */
    record ResetAtConnect() implements ConnectionFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript().end(End.RESET);
        }
    }

    /** See {@link SimulatedFault#resetBeforeHeaders()}. */
    record ResetBeforeHeaders() implements ConnectionFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript().end(End.RESET);
        }
    }

    /** See {@link SimulatedFault#closeBeforeHeaders()}. */
    record CloseBeforeHeaders() implements ConnectionFault {
        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript().end(End.CLOSE);
        }
    }

    /** See {@link SimulatedFault#rawBytes(byte[])}. */
    record RawBytes(byte[] response) implements ConnectionFault {
        public RawBytes {
            response = response.clone();
        }

        @Override
        public byte[] response() {
            return response.clone();
        }

        @Override
        public List<ResponseStep> steps(SimulatedAnswer answer) {
            return new ResponseScript().raw(response).end(End.CLOSE);
        }
    }
}
