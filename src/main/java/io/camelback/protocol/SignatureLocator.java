package io.camelback.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Where a dialect's JSON holds what one account of a provider wrote and no other account can read: signatures of
 * thinking and of tool calls, encrypted reasoning (docs/wire-formats.md, trap 12). Nodes that are given are never
 * changed; what differs is a new one.
 */
public interface SignatureLocator {
    /** A dialect that has none. */
    SignatureLocator NONE = new SignatureLocator() {
        @Override
        public String home() {
            return "";
        }

        @Override
        public String foreign() {
            return "";
        }

        @Override
        public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
            return body;
        }

        @Override
        public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
            return body;
        }
    };

    /** The provider that invented the dialect: what bears nobody's mark is taken to be its own. */
    String home();

    /** What this dialect's provider side takes for another dialect's, and leaves out or replaces. */
    String foreign();

    /** A request's body with each signature in its history changed; the same body when none does. */
    ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change);

    /** An answer, or one event of a stream, with each signature changed; the same when none does. */
    ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change);
}
