package io.camelback.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Sampling;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows of the {@link Feature} table a request touches, as far as a look at it tells. For people: nothing depends on it. */
public final class RequestFeatures {
    private static final Map<String, Feature> FIELDS = fields();

    private RequestFeatures() { }

    /** Fields that have no neutral form, by their names in the dialects that have them. */
    private static Map<String, Feature> fields() {
        Map<String, Feature> fields = new LinkedHashMap<>();
        fields.put("logprobs", Feature.LOGPROBS);
        fields.put("logit_bias", Feature.LOGIT_BIAS);
        fields.put("verbosity", Feature.VERBOSITY);
        fields.put("service_tier", Feature.SERVICE_TIER);
        fields.put("store", Feature.STORE);
        fields.put("prompt_cache_key", Feature.CACHE_KEY);
        fields.put("metadata", Feature.METADATA);
        fields.put("context_management", Feature.CONTEXT_MANAGEMENT);
        fields.put("safetySettings", Feature.SAFETY_SETTINGS);
        fields.put("cachedContent", Feature.CACHED_CONTENT);
        return fields;
    }

    public static Set<Feature> of(ChatRequest request) {
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        boolean begun = false;
        for (Message message : request.messages()) {
            message(message, begun, found);
            begun |= message.role() != Message.Role.SYSTEM && message.role() != Message.Role.DEVELOPER;
        }
        tools(request, found);
        settings(request, found);
        sampling(request.sampling(), found);
        ObjectNode body = request.original() == null ? null : request.original().body();
        if (body != null) {
            FIELDS.forEach((name, feature) -> add(found, feature, body.hasNonNull(name)));
        }
        return found;
    }

    private static void message(Message message, boolean begun, Set<Feature> found) {
        boolean system = message.role() == Message.Role.SYSTEM || message.role() == Message.Role.DEVELOPER;
        add(found, Feature.LATE_SYSTEM, system && begun);
        add(found, Feature.SYSTEM, message.role() == Message.Role.SYSTEM && !begun);
        add(found, Feature.DEVELOPER, message.role() == Message.Role.DEVELOPER);
        add(found, Feature.NAME, message.name() != null);
        add(found, Feature.OPENING_ASSISTANT, message.role() == Message.Role.ASSISTANT && !begun);
        message.parts().forEach(part -> part(part, found));
    }

    private static void part(Part part, Set<Feature> found) {
        if (part instanceof Part.Text) {
            found.add(Feature.TEXT);
        } else if (part instanceof Part.Image image) {
            add(found, Feature.IMAGE, image.media() instanceof Part.Media.Inline);
            add(found, Feature.IMAGE_URL, image.media() instanceof Part.Media.Url);
            add(found, Feature.IMAGE_DETAIL, image.detail() != null);
            stored(image.media(), found);
        } else if (part instanceof Part.Document document) {
            boolean inline = document.media() instanceof Part.Media.Inline;
            boolean text = inline && ((Part.Media.Inline) document.media()).mediaType().startsWith("text/");
            add(found, Feature.PDF, inline && !text);
            add(found, Feature.TEXT_FILE, text);
            add(found, Feature.PDF_URL, document.media() instanceof Part.Media.Url);
            add(found, Feature.FILE_NAME, document.name() != null);
            stored(document.media(), found);
        } else if (part instanceof Part.Audio) {
            found.add(Feature.AUDIO);
        } else if (part instanceof Part.Refusal) {
            found.add(Feature.REFUSAL);
        } else if (part instanceof Part.ToolCall) {
            found.add(Feature.CALLS);
        } else if (part instanceof Part.ToolResult result) {
            found.add(Feature.RESULTS);
            add(found, Feature.FAILED_RESULT, result.error());
            add(found, Feature.IMAGE_RESULT, Part.any(result.content(), Part.Image.class));
        } else if (part instanceof Part.Thinking thinking) {
            add(found, Feature.ANTHROPIC_THINKING, "anthropic".equals(thinking.origin()));
            add(found, Feature.OPENAI_REASONING, "responses".equals(thinking.origin()));
            add(found, Feature.GOOGLE_THOUGHTS, "gemini".equals(thinking.origin()));
        }
    }

    private static void stored(Part.Media media, Set<Feature> found) {
        if (media instanceof Part.Media.FileId file) {
            found.add(switch (file.dialect()) {
                case "anthropic" -> Feature.ANTHROPIC_FILE;
                case "gemini" -> Feature.GOOGLE_FILE;
                default -> Feature.OPENAI_FILE;
            });
        }
    }

    private static void tools(ChatRequest request, Set<Feature> found) {
        List<Tool> tools = request.tools();
        add(found, Feature.TOOLS, !tools.isEmpty());
        add(found, Feature.STRICT, tools.stream().anyMatch(tool -> Boolean.TRUE.equals(tool.strict())));
        ToolChoice choice = request.toolChoice();
        add(found, Feature.CHOICE_NONE, choice != null && choice.mode() == ToolChoice.Mode.NONE);
        add(found, Feature.CHOICE_REQUIRED, choice != null && choice.mode() == ToolChoice.Mode.REQUIRED);
        add(found, Feature.CHOICE_NAMED, choice != null && choice.mode() == ToolChoice.Mode.NAMED);
        add(found, Feature.ONE_CALL, Boolean.FALSE.equals(request.parallelCalls()));
    }

    private static void settings(ChatRequest request, Set<Feature> found) {
        add(found, Feature.JSON_MODE, request.format() instanceof ResponseFormat.Json);
        add(found, Feature.JSON_SCHEMA, request.format() instanceof ResponseFormat.JsonSchema);
        add(found, Feature.SCHEMA_NAME, request.format() instanceof ResponseFormat.JsonSchema schema && schema.name() != null);
        add(found, Feature.MAX_TOKENS, request.maxOutputTokens() != null);
        add(found, Feature.CANDIDATES, request.candidates() > 1);
        add(found, Feature.EFFORT, request.effort() != null);
        add(found, Feature.EFFORT_MAX, request.effort() == ChatRequest.Effort.MAX);
        add(found, Feature.EFFORT_NONE, request.effort() == ChatRequest.Effort.NONE);
        add(found, Feature.USER, request.user() != null);
    }

    private static void sampling(Sampling sampling, Set<Feature> found) {
        add(found, Feature.TEMPERATURE, sampling.temperature() != null);
        add(found, Feature.TOP_P, sampling.topP() != null);
        add(found, Feature.TOP_K, sampling.topK() != null);
        add(found, Feature.SEED, sampling.seed() != null);
        add(found, Feature.PENALTIES, sampling.presencePenalty() != null || sampling.frequencyPenalty() != null);
        add(found, Feature.STOP, !sampling.stop().isEmpty());
    }

    private static void add(Set<Feature> found, Feature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
