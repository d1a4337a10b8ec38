package io.camelback.acceptance.upstream;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ScriptedBytesProvider;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DeepSeek is a provider that sends what a test says; Groq comes after it. */
abstract class RawAnswerTestBase {
    @RegisterExtension
    static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    static final String ANSWER = "{\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Grüße, 世界 🐪\"},\"finish_reason\":\"stop\"}]}";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> PROVIDER.insteadOf(
            "deepseek", GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(20))));

    static void answer(ScriptedBytesProvider.Talk talk, String type, String encoding, byte[] body) throws IOException {
        talk.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Encoding: " + encoding
                + "\r\nConnection: close\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        talk.write(body);
    }
}
