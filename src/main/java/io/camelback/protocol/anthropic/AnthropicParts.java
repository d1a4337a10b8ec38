package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.support.CacheControlFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Content blocks. Text without a visible character is left out, as the API refuses it; so may a list come out empty.
 */
public final class AnthropicParts {
    private final AnthropicMedia media;

    public AnthropicParts(ProviderModel target) {
        media = new AnthropicMedia(target);
    }

    public static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    /** What a user says, and what a tool gave back. */
    public List<ObjectNode> user(List<Part> parts) {
        List<ObjectNode> blocks = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Image image) {
                blocks.add(media.image(image));
            } else if (part instanceof Part.Document document) {
                blocks.add(media.document(document));
            } else {
                addWords(blocks, part, "a user message");
            }
        }
        return blocks;
    }

    public List<ObjectNode> system(List<Part> parts) {
        List<ObjectNode> blocks = new ArrayList<>();
        parts.forEach(part -> addWords(blocks, part, "a system message"));
        return blocks;
    }

    /** A turn may not end in thinking: what led to nothing is left out. */
    public List<ObjectNode> assistant(List<Part> parts) {
        List<ObjectNode> blocks = new ArrayList<>();
        int said = 0;
        for (Part part : parts) {
            if (part instanceof Part.Thinking thinking) {
                addThinking(blocks, thinking);
                continue;
            }
            int before = blocks.size();
            if (part instanceof Part.ToolCall call) {
                blocks.add(toolUse(call));
            } else {
                addWords(blocks, part, "an assistant message");
            }
            said = blocks.size() > before ? blocks.size() : said;
        }
        return blocks.subList(0, said);
    }

    /** @param results nothing but results */
    public List<ObjectNode> toolResults(List<Part> results) {
        List<ObjectNode> blocks = new ArrayList<>();
        results.forEach(result -> blocks.add(toolResult((Part.ToolResult) result)));
        return blocks;
    }

    /** A mark within a result is of the whole result: the API wants it there. */
    private ObjectNode toolResult(Part.ToolResult result) {
        ObjectNode block = Json.object().put("type", "tool_result").put("tool_use_id", result.callId());
        List<Part> said = new ArrayList<>(result.content());
        said.removeIf(Part.CacheMark.class::isInstance);
        List<ObjectNode> content = user(said);
        if (!content.isEmpty()) {
            block.putArray("content").addAll(content);
        }
        if (result.error()) {
            block.put("is_error", true);
        }
        result.content().forEach(part -> {
            if (part instanceof Part.CacheMark mark) {
                mark(block, mark);
            }
        });
        return block;
    }

    /** Thinking cannot be marked, and of a turn that says nothing yet there is nothing to mark. */
    private static void markLast(List<ObjectNode> blocks, Part.CacheMark mark) {
        ObjectNode last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && !last.path("type").asText().contains("thinking")) {
            mark(last, mark);
        }
    }

    private static void mark(ObjectNode block, Part.CacheMark mark) {
        block.set("cache_control", CacheControlFields.write(mark));
    }

    private static void addWords(List<ObjectNode> blocks, Part part, String where) {
        String words = null;
        if (part instanceof Part.CacheMark mark) {
            markLast(blocks, mark);
            return;
        }
        if (part instanceof Part.Text text) {
            words = text.text();
        } else if (part instanceof Part.Refusal refusal) {
            words = refusal.text();
        } else if (!(part instanceof Part.Thinking)) {
            throw new UnsupportedFeatureException(kind(part) + " in " + where);
        }
        if (words != null && !words.isBlank()) {
            blocks.add(text(words));
        }
    }

    private static String kind(Part part) {
        return part instanceof Part.Audio
                ? "audio input"
                : part.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode toolUse(Part.ToolCall call) {
        ObjectNode block =
                Json.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.set("input", AnthropicArguments.object(call.arguments()));
        return block;
    }

    /** Only Anthropic's own thinking goes back, byte for byte: a signature of another provider is a 400. */
    private static void addThinking(List<ObjectNode> blocks, Part.Thinking thinking) {
        if (!ProtocolNames.ANTHROPIC.equals(thinking.origin())) {
            return;
        }
        if (thinking.redacted() != null) {
            blocks.add(Json.object().put("type", "redacted_thinking").put("data", thinking.redacted()));
        } else if (thinking.signature() != null && !thinking.signature().isEmpty()) {
            blocks.add(Json.object()
                    .put("type", "thinking")
                    .put("thinking", thinking.text())
                    .put("signature", thinking.signature()));
        }
    }
}
