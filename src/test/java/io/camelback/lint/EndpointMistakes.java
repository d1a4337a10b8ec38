package io.camelback.lint;

import static io.camelback.lint.BundleMistakes.API;
import static io.camelback.lint.BundleMistakes.OPENAI;
import static io.camelback.lint.BundleMistakes.error;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Mistakes in the routes of endpoints, and in Kamelets. */
final class EndpointMistakes {
    private EndpointMistakes() {}

    static Stream<Arguments> all() {
        return Stream.of(
                error(
                        "a endpoint without errors in its dialect",
                        API,
                        "    routeConfigurationId: endpoint\n",
                        "",
                        "endpoint-errors"),
                error("a endpoint that holds streams back", API, "    streamCache: \"false\"\n", "", "endpoint-stream"),
                error(
                        "a endpoint that does not reply",
                        API,
                        "        - process: { ref: camelback-response }\n\n",
                        "\n",
                        "endpoint-reply"),
                error(
                        "a Kamelet that asks nobody's leave",
                        OPENAI,
                        "        - process: { ref: camelback-admit }\n",
                        "",
                        "kamelet-admission"),
                error(
                        "a Kamelet that reads streams whole",
                        OPENAI,
                        "              disableStreamCache: true\n",
                        "",
                        "kamelet-call",
                        "disableStreamCache"),
                error(
                        "a Kamelet that follows redirects",
                        OPENAI,
                        "followRedirects: false",
                        "followRedirects: true",
                        "kamelet-call",
                        "followRedirects"),
                error(
                        "a Kamelet under another name",
                        OPENAI,
                        "  name: openai-chat-action",
                        "  name: openai-action",
                        "kamelet-name",
                        "openai-chat-action"),
                error(
                        "a Kamelet that takes bytes for an answer",
                        OPENAI,
                        "        - process: { ref: camelback-from-openai }\n",
                        "",
                        "kamelet-answer"));
    }
}
