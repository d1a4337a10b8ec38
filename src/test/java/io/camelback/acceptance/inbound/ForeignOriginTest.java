package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web page makes its reader's browser send what needs no permission first: the gateway gives it nothing. */
class ForeignOriginTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> config);

    @ParameterizedTest(name = "Origin: {0}")
    @CsvSource({
        "http://evil.example, 403",
        "https://localhost.evil.example, 403",
        "http://localhost:1, 403",
        "null, 403",
        "'', 403",
        "http://[, 403",
        "http://localhost, 101",
        "HTTP://LOCALHOST, 101",
        "vscode-webview://1a2b, 101"
    })
    void a_web_page_of_another_origin_may_not_dial(String origin, int status) throws Exception {
        try (RawHttpClient client =
                RawHttpClient.connect(DRILL.gateway().standalone.port())) {
            client.write("GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            assertThat(client.readTo("\r\n")).startsWith("HTTP/1.1 " + status);
            if (status == 403) {
                assertThat(client.readToEnd()).contains("\"foreign_origin\"");
            }
        }
    }

    @Test
    void a_web_page_of_another_origin_may_not_post_without_a_content_type() throws Exception {
        String body = RunningGateway.chat("premium", false);
        for (String origin : List.of("Origin: http://evil.example\r\n", "Origin: null\r\n")) {
            assertThat(RawHttpClient.send(
                                    DRILL.gateway().standalone.port(),
                                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                            + origin + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .status())
                    .isEqualTo(415);
        }
    }
}
