package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the accumulator of Anthropic's official MessageStream insists on (docs/wire-formats.md 3.7), and the rules of
 * the protocol it relies on without asking: one start, blocks one after the other with indexes in order, deltas of the
 * block's own kind, one signature and that last, counts in the final delta, one stop and nothing after it. Accumulates
 * the message as the client would.
 */
public final class AnthropicStreamRules {
    private ObjectNode message;
    private ObjectNode block;
    private StringBuilder text;
    private boolean signed;
    private boolean finished;
    private boolean stopped;

    private AnthropicStreamRules() {}

    /** @return the message the client ends up with */
    public static ObjectNode check(String sse) {
        AnthropicStreamRules rules = new AnthropicStreamRules();
        assertThat(sse).endsWith("\n\n");
        for (String event : sse.split("\n\n")) {
            assertThat(event).matches("event: [a-z_]+\ndata: \\{.*}");
            ObjectNode data = AnthropicFixtures.object(event.substring(event.indexOf("data: ") + 6));
            assertThat(data.path("type").asText()).isEqualTo(event.substring(7, event.indexOf('\n')));
            assertThat(rules.stopped).as("after the stop: %s", event).isFalse();
            rules.take(data);
        }
        assertThat(rules.stopped).as("message_stop").isTrue();
        return rules.message;
    }

    private void take(ObjectNode event) {
        String type = event.path("type").asText();
        if (!type.equals("ping")) {
            assertThat(message == null).as("first %s", event).isEqualTo(type.equals("message_start"));
        }
        switch (type) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> open(event);
            case "content_block_delta" -> delta(event);
            case "content_block_stop" -> close(event);
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> {
                assertThat(finished).as("message_delta before the stop").isTrue();
                stopped = true;
            }
            default -> {}
        }
    }

    private void start(JsonNode begun) {
        assertThat(begun.path("usage").path("input_tokens").isNumber())
                .as("usage in %s", begun)
                .isTrue();
        assertThat(begun.path("usage").path("output_tokens").isNumber())
                .as("usage in %s", begun)
                .isTrue();
        assertThat(begun.path("id").asText()).startsWith("msg_");
        assertThat(begun.path("role").asText()).isEqualTo("assistant");
        assertThat(begun.path("content").isEmpty()).isTrue();
        message = begun.deepCopy();
    }

    private void open(ObjectNode event) {
        assertThat(block).as("still open at %s", event).isNull();
        assertThat(finished).as("content after the finish: %s", event).isFalse();
        assertThat(event.path("index").intValue())
                .as("index of %s", event)
                .isEqualTo(content().size());
        block = ((ObjectNode) event.get("content_block")).deepCopy();
        content().add(block);
        text = new StringBuilder();
        signed = false;
    }

    private void delta(ObjectNode event) {
        assertThat(block).as("open at %s", event).isNotNull();
        assertThat(event.path("index").intValue()).isEqualTo(content().size() - 1);
        assertThat(signed).as("after the signature: %s", event).isFalse();
        JsonNode delta = event.path("delta");
        String type = delta.path("type").asText();
        List<String> expected = switch (block.path("type").asText()) {
            case "text" -> List.of("text_delta", "citations_delta");
            case "thinking" -> List.of("thinking_delta", "signature_delta");
            default -> List.of("input_json_delta");
        };
        assertThat(expected).contains(type);
        if (type.equals("signature_delta")) {
            signed = true;
            block.put("signature", delta.path("signature").textValue());
        } else {
            text.append(delta.path(type.equals("input_json_delta") ? "partial_json" : type.replace("_delta", ""))
                    .textValue());
        }
    }

    private void close(ObjectNode event) {
        assertThat(block).as("open at %s", event).isNotNull();
        assertThat(event.path("index").intValue()).isEqualTo(content().size() - 1);
        switch (block.path("type").asText()) {
            case "text" -> block.put("text", block.path("text").asText() + text);
            case "thinking" -> {
                assertThat(signed || !block.path("signature").asText().isEmpty())
                        .as("a signature before %s", event)
                        .isTrue();
                block.put("thinking", block.path("thinking").asText() + text);
            }
            case "tool_use" -> {
                assertThat(block.path("id").asText()).matches("[a-zA-Z0-9_-]+");
                if (text.length() > 0) {
                    block.set("input", AnthropicFixtures.object(text.toString()));
                }
            }
            default -> {}
        }
        block = null;
    }

    private void messageDelta(ObjectNode event) {
        assertThat(block).as("still open at %s", event).isNull();
        assertThat(event.path("delta").isObject()).isTrue();
        assertThat(event.path("usage").path("output_tokens").isNumber())
                .as("usage in %s", event)
                .isTrue();
        finished = true;
        message.setAll((ObjectNode) event.get("delta"));
        ObjectNode usage = (ObjectNode) message.get("usage");
        event.get("usage").properties().forEach(count -> {
            if (!count.getValue().isNull()) {
                usage.set(count.getKey(), count.getValue());
            }
        });
    }

    private ArrayNode content() {
        return (ArrayNode) message.get("content");
    }
}
