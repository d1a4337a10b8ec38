package io.camelback.acceptance.inbound;

import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running gateway, and requests in two formats. */
abstract class GatewayTrapsTestBase {
    static final String CHAT = "/v1/chat/completions";
    static final String MESSAGES = "/v1/messages";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    static RecordedRequest last(String deployment) {
        GatewayTestCase.soon(deployment + " to be asked").until(() -> DRILL.asked(deployment) > 0);
        List<RecordedRequest> all = DRILL.provider(deployment).received();
        return all.get(all.size() - 1);
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }
}
