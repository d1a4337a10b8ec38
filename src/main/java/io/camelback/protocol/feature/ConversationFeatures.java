package io.camelback.protocol.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which rows of the {@link ProtocolFeature} table a conversation touches. */
final class ConversationFeatures {
    /** What every provider takes for the id of a call. */
    private static final Pattern PLAIN_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Set<ProtocolFeature> found;
    private final Set<String> called = new HashSet<>();
    private final Set<String> answered = new HashSet<>();

    private ConversationFeatures(Set<ProtocolFeature> found) {
        this.found = found;
    }

    /** @param found is added to */
    static void find(List<Message> messages, Set<ProtocolFeature> found) {
        ConversationFeatures look = new ConversationFeatures(found);
        Role before = null;
        boolean begun = false;
        for (Message message : messages) {
            look.message(message, before, begun);
            before = message.role();
            begun |= !instructs(before);
        }
        boolean silent = before == Role.ASSISTANT
                && !Part.any(messages.get(messages.size() - 1).parts(), Part.ToolCall.class);
        look.add(ProtocolFeature.PREFILL, silent);
        look.add(ProtocolFeature.NO_RESULT, !look.answered.containsAll(look.called));
    }

    private static boolean instructs(Role role) {
        return role == Role.SYSTEM || role == Role.DEVELOPER;
    }

    private void message(Message message, Role before, boolean begun) {
        Role role = message.role();
        add(ProtocolFeature.LATE_SYSTEM, instructs(role) && begun);
        add(ProtocolFeature.SYSTEM, role == Role.SYSTEM && !begun);
        add(ProtocolFeature.DEVELOPER, role == Role.DEVELOPER);
        add(ProtocolFeature.NAME, message.name() != null);
        add(ProtocolFeature.OPENING_ASSISTANT, role == Role.ASSISTANT && !begun);
        add(ProtocolFeature.SAME_ROLE, role == before && (role == Role.USER || role == Role.ASSISTANT));
        message.parts().forEach(this::part);
    }

    private void part(Part part) {
        add(ProtocolFeature.REFUSAL, part instanceof Part.Refusal);
        add(ProtocolFeature.AUDIO, part instanceof Part.Audio);
        add(ProtocolFeature.CACHE_MARKS, part instanceof Part.CacheMark);
        add(ProtocolFeature.UNKNOWN_CONTENT, part instanceof Part.Opaque && !isCompaction(part));
        add(ProtocolFeature.COMPACTION, isCompaction(part));
        if (part instanceof Part.Text text) {
            found.add(ProtocolFeature.TEXT);
            add(ProtocolFeature.EMPTY_TEXT, text.text().isBlank());
        } else if (part instanceof Part.Image image) {
            add(ProtocolFeature.IMAGE, image.media() instanceof Part.Media.Inline);
            add(ProtocolFeature.IMAGE_URL, image.media() instanceof Part.Media.Url);
            add(ProtocolFeature.IMAGE_DETAIL, image.detail() != null);
            stored(image.media());
        } else if (part instanceof Part.Document document) {
            document(document);
        } else if (part instanceof Part.ToolCall call) {
            call(call);
        } else if (part instanceof Part.ToolResult result) {
            result(result);
        } else if (part instanceof Part.Thinking thinking) {
            thinking(thinking);
        }
    }

    private static boolean isCompaction(Part part) {
        return part instanceof Part.Opaque opaque
                && opaque.node().path("type").asText().contains("compaction");
    }

    private void document(Part.Document document) {
        String type = document.media() instanceof Part.Media.Inline inline ? String.valueOf(inline.mediaType()) : null;
        boolean text = type != null && type.startsWith("text/");
        boolean video = type != null && type.startsWith("video/");
        add(ProtocolFeature.TEXT_FILE, text);
        add(ProtocolFeature.VIDEO, video);
        add(ProtocolFeature.PDF, type != null && !text && !video);
        add(ProtocolFeature.PDF_URL, document.media() instanceof Part.Media.Url);
        add(ProtocolFeature.FILE_NAME, document.name() != null);
        stored(document.media());
    }

    private void stored(Part.Media media) {
        if (media instanceof Part.Media.FileId file) {
            found.add(
                    switch (file.dialect()) {
                        case "anthropic" -> ProtocolFeature.ANTHROPIC_FILE;
                        case "gemini" -> ProtocolFeature.GOOGLE_FILE;
                        default -> ProtocolFeature.OPENAI_FILE;
                    });
        }
    }

    private void call(Part.ToolCall call) {
        found.add(ProtocolFeature.CALLS);
        called.add(call.id());
        add(
                ProtocolFeature.CALL_ID,
                call.id() == null || !PLAIN_ID.matcher(call.id()).matches());
        add(ProtocolFeature.CALL_SIGNATURE, call.signature() != null);
        add(
                ProtocolFeature.BROKEN_CALL,
                call.arguments() != null && !call.arguments().isBlank() && !isObject(call.arguments()));
    }

    private static boolean isObject(String arguments) {
        try {
            return Json.read(arguments).isObject();
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private void result(Part.ToolResult result) {
        found.add(ProtocolFeature.RESULTS);
        answered.add(result.callId());
        add(ProtocolFeature.STRAY_RESULT, !called.contains(result.callId()));
        add(ProtocolFeature.FAILED_RESULT, result.error());
        add(ProtocolFeature.IMAGE_RESULT, Part.any(result.content(), Part.Image.class));
        add(ProtocolFeature.FILE_RESULT, Part.any(result.content(), Part.Document.class));
        add(ProtocolFeature.CACHE_MARKS, Part.any(result.content(), Part.CacheMark.class));
    }

    private void thinking(Part.Thinking thinking) {
        add(ProtocolFeature.ANTHROPIC_THINKING, "anthropic".equals(thinking.origin()));
        add(ProtocolFeature.OPENAI_REASONING, "responses".equals(thinking.origin()));
        add(ProtocolFeature.GOOGLE_THOUGHTS, "gemini".equals(thinking.origin()));
        add(
                ProtocolFeature.OTHER_REASONING,
                thinking.origin() == null && !thinking.text().isEmpty());
    }

    private void add(ProtocolFeature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
