package io.camelback.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which rows of the {@link Feature} table a conversation touches. */
final class ConversationFeatures {
    /** What every provider takes for the id of a call. */
    private static final Pattern PLAIN_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Set<Feature> found;
    private final Set<String> called = new HashSet<>();
    private final Set<String> answered = new HashSet<>();

    private ConversationFeatures(Set<Feature> found) {
        this.found = found;
    }

    /** @param found is added to */
    static void find(List<Message> messages, Set<Feature> found) {
        ConversationFeatures look = new ConversationFeatures(found);
        Role before = null;
        boolean begun = false;
        for (Message message : messages) {
            look.message(message, before, begun);
            before = message.role();
            begun |= !instructs(before);
        }
        boolean silent = before == Role.ASSISTANT && !Part.any(messages.get(messages.size() - 1).parts(), Part.ToolCall.class);
        look.add(Feature.PREFILL, silent);
        look.add(Feature.NO_RESULT, !look.answered.containsAll(look.called));
    }

    private static boolean instructs(Role role) {
        return role == Role.SYSTEM || role == Role.DEVELOPER;
    }

    private void message(Message message, Role before, boolean begun) {
        Role role = message.role();
        add(Feature.LATE_SYSTEM, instructs(role) && begun);
        add(Feature.SYSTEM, role == Role.SYSTEM && !begun);
        add(Feature.DEVELOPER, role == Role.DEVELOPER);
        add(Feature.NAME, message.name() != null);
        add(Feature.OPENING_ASSISTANT, role == Role.ASSISTANT && !begun);
        add(Feature.SAME_ROLE, role == before && (role == Role.USER || role == Role.ASSISTANT));
        message.parts().forEach(this::part);
    }

    private void part(Part part) {
        add(Feature.REFUSAL, part instanceof Part.Refusal);
        add(Feature.AUDIO, part instanceof Part.Audio);
        add(Feature.CACHE_MARKS, part instanceof Part.CacheMark);
        if (part instanceof Part.Text text) {
            found.add(Feature.TEXT);
            add(Feature.EMPTY_TEXT, text.text().isBlank());
        } else if (part instanceof Part.Image image) {
            add(Feature.IMAGE, image.media() instanceof Part.Media.Inline);
            add(Feature.IMAGE_URL, image.media() instanceof Part.Media.Url);
            add(Feature.IMAGE_DETAIL, image.detail() != null);
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

    private void document(Part.Document document) {
        String type = document.media() instanceof Part.Media.Inline inline ? String.valueOf(inline.mediaType()) : null;
        boolean text = type != null && type.startsWith("text/");
        boolean video = type != null && type.startsWith("video/");
        add(Feature.TEXT_FILE, text);
        add(Feature.VIDEO, video);
        add(Feature.PDF, type != null && !text && !video);
        add(Feature.PDF_URL, document.media() instanceof Part.Media.Url);
        add(Feature.FILE_NAME, document.name() != null);
        stored(document.media());
    }

    private void stored(Part.Media media) {
        if (media instanceof Part.Media.FileId file) {
            found.add(switch (file.dialect()) {
                case "anthropic" -> Feature.ANTHROPIC_FILE;
                case "gemini" -> Feature.GOOGLE_FILE;
                default -> Feature.OPENAI_FILE;
            });
        }
    }

    private void call(Part.ToolCall call) {
        found.add(Feature.CALLS);
        called.add(call.id());
        add(Feature.CALL_ID, call.id() == null || !PLAIN_ID.matcher(call.id()).matches());
        add(Feature.CALL_SIGNATURE, call.signature() != null);
        add(Feature.BROKEN_CALL, call.arguments() != null && !call.arguments().isBlank() && !isObject(call.arguments()));
    }

    private static boolean isObject(String arguments) {
        try {
            return Json.read(arguments).isObject();
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private void result(Part.ToolResult result) {
        found.add(Feature.RESULTS);
        answered.add(result.callId());
        add(Feature.STRAY_RESULT, !called.contains(result.callId()));
        add(Feature.FAILED_RESULT, result.error());
        add(Feature.IMAGE_RESULT, Part.any(result.content(), Part.Image.class));
        add(Feature.FILE_RESULT, Part.any(result.content(), Part.Document.class));
        add(Feature.CACHE_MARKS, Part.any(result.content(), Part.CacheMark.class));
    }

    private void thinking(Part.Thinking thinking) {
        add(Feature.ANTHROPIC_THINKING, "anthropic".equals(thinking.origin()));
        add(Feature.OPENAI_REASONING, "responses".equals(thinking.origin()));
        add(Feature.GOOGLE_THOUGHTS, "gemini".equals(thinking.origin()));
        add(Feature.OTHER_REASONING, thinking.origin() == null && !thinking.text().isEmpty());
    }

    private void add(Feature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
