package io.camelback.dialect;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Original;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Sampling;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which rows of the {@link Feature} table a request touches, as far as a look at it tells; fields unknown to us are not told from
 * those that mean nothing here. For people: nothing depends on it.
 */
public final class RequestFeatures {
    /** The dialects whose callers name a schema; the others' doors give it one. */
    private static final Set<String> NAMING = Set.of("openai", "responses");

    private RequestFeatures() { }

    public static Set<Feature> of(ChatRequest request) {
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        ConversationFeatures.find(request.messages(), found);
        tools(request, found);
        settings(request, found);
        sampling(request.sampling(), found);
        List<String> modalities = Modalities.of(request);
        add(found, Feature.AUDIO_OUTPUT, modalities.contains(Modalities.AUDIO));
        add(found, Feature.IMAGE_OUTPUT, modalities.contains(Modalities.IMAGE));
        Original original = request.original();
        if (original != null) {
            OriginalFeatures.find(original, found);
            ProviderTools.feature(request).ifPresent(found::add);
        }
        return found;
    }

    private static void tools(ChatRequest request, Set<Feature> found) {
        add(found, Feature.TOOLS, !request.tools().isEmpty());
        Original original = request.original();
        CustomTools custom = original == null ? CustomTools.NONE : CustomTools.of(request, original.dialect());
        for (Tool tool : request.tools()) {
            add(found, Feature.TOOL_NAME, !ToolNames.PLAIN.matcher(tool.name()).matches());
            add(found, Feature.STRICT, Boolean.TRUE.equals(tool.strict()));
            add(found, Feature.CUSTOM_TOOL, custom.contains(tool.name()));
            add(found, Feature.TOOL_CACHE_MARKS, tool.mark() != null);
        }
        ToolChoice choice = request.toolChoice();
        add(found, Feature.CHOICE_NONE, choice != null && choice.mode() == ToolChoice.Mode.NONE);
        add(found, Feature.CHOICE_REQUIRED, choice != null && choice.mode() == ToolChoice.Mode.REQUIRED);
        add(found, Feature.CHOICE_NAMED, choice != null && choice.mode() == ToolChoice.Mode.NAMED);
        add(found, Feature.ONE_CALL, Boolean.FALSE.equals(request.parallelCalls()));
    }

    private static void settings(ChatRequest request, Set<Feature> found) {
        add(found, Feature.JSON_MODE, request.format() instanceof ResponseFormat.Json);
        add(found, Feature.JSON_SCHEMA, request.format() instanceof ResponseFormat.JsonSchema);
        boolean named = request.original() == null || NAMING.contains(request.original().dialect());
        add(found, Feature.SCHEMA_NAME, named && request.format() instanceof ResponseFormat.JsonSchema schema
                && schema.name() != null);
        add(found, Feature.LOGPROBS, request.logprobs() != null);
        add(found, Feature.MAX_TOKENS, request.maxOutputTokens() != null);
        add(found, Feature.CANDIDATES, request.candidates() > 1);
        add(found, Feature.EFFORT, request.effort() != null);
        add(found, Feature.EFFORT_MAX, request.effort() == ChatRequest.Effort.MAX);
        add(found, Feature.EFFORT_NONE, request.effort() == ChatRequest.Effort.NONE);
        add(found, Feature.USER, request.user() != null);
        add(found, Feature.METADATA, request.metadata().keySet().stream().anyMatch(label -> !Metadata.isHint(label)));
        add(found, Feature.AUTOMATIC_CACHE, CacheMarks.automatic(request) != null);
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
