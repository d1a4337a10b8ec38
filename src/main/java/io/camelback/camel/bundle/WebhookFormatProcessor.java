package io.camelback.camel.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * An event's document as a chat's webhook wants it; {@code PLAIN} as it is. Whoever is named in it is not called by it.
 */
public enum WebhookFormatProcessor implements Processor {
    PLAIN {
        @Override
        public ObjectNode of(JsonNode event) {
            return event.deepCopy();
        }
    },
    SLACK {
        @Override
        public ObjectNode of(JsonNode event) {
            return Json.object()
                    .put(
                            "text",
                            escaped("*" + title(event) + "*\n"
                                    + event.path("text").asText()));
        }

        private String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    },
    DISCORD {
        @Override
        public ObjectNode of(JsonNode event) {
            String text = "**" + title(event) + "**\n" + event.path("text").asText();
            ObjectNode message = Json.object().put("content", text.substring(0, Math.min(text.length(), MOST)));
            message.putObject("allowed_mentions").putArray("parse");
            return message;
        }
    },
    TEAMS {
        @Override
        public ObjectNode of(JsonNode event) {
            ObjectNode message = Json.object().put("type", "message");
            ObjectNode card = message.putArray("attachments")
                    .addObject()
                    .put("contentType", "application/vnd.microsoft.card.adaptive")
                    .putObject("content")
                    .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                    .put("type", "AdaptiveCard")
                    .put("version", "1.4");
            ArrayNode body = card.putArray("body");
            body.addObject()
                    .put("type", "TextBlock")
                    .put("weight", "Bolder")
                    .put("text", title(event))
                    .put("wrap", true);
            body.addObject()
                    .put("type", "TextBlock")
                    .put("text", event.path("text").asText())
                    .put("wrap", true);
            return message;
        }
    };

    /** Discord refuses longer ones. */
    private static final int MOST = 2000;

    public abstract ObjectNode of(JsonNode event);

    private static String title(JsonNode event) {
        String repeated = event.path("repeated").asLong() > 0
                ? " (" + event.path("repeated").asLong() + " more since)"
                : "";
        return "Camelback, " + event.path("severity").asText() + ": "
                + event.path("type").asText() + repeated;
    }

    /** The bean by which routes name it. */
    String bean() {
        return "camelback-event-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode event = Json.read(exchange.getMessage().getBody(String.class));
        exchange.getMessage().setBody(Json.text(of(event)));
    }
}
