package io.camelback.protocol.feature;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Original;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.OutputModalities;
import io.camelback.protocol.support.RequestMetadata;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which rows of the {@link ProtocolFeature} table a request touches, as far as a look at it tells; fields unknown to us
 * are not told from those that mean nothing here. For people: nothing depends on it.
 */
public final class RequestFeatures {
    /** The dialects whose callers name a schema; the others' client codecs give it one. */
    private static final Set<String> NAMING = Set.of("openai", "responses");

    private RequestFeatures() {}

    public static Set<ProtocolFeature> of(ChatRequest request) {
        Set<ProtocolFeature> found = EnumSet.noneOf(ProtocolFeature.class);
        ConversationFeatures.find(request.messages(), found);
        tools(request, found);
        settings(request, found);
        sampling(request.sampling(), found);
        List<String> modalities = OutputModalities.of(request);
        add(found, ProtocolFeature.AUDIO_OUTPUT, modalities.contains(OutputModalities.AUDIO));
        add(found, ProtocolFeature.IMAGE_OUTPUT, modalities.contains(OutputModalities.IMAGE));
        Original original = request.original();
        if (original != null) {
            OriginalFeatures.find(original, found);
            ProviderTools.feature(request).ifPresent(found::add);
        }
        return found;
    }

    private static void tools(ChatRequest request, Set<ProtocolFeature> found) {
        add(found, ProtocolFeature.TOOLS, !request.tools().isEmpty());
        Original original = request.original();
        CustomTools custom = original == null ? CustomTools.NONE : CustomTools.of(request, original.dialect());
        for (Tool tool : request.tools()) {
            add(
                    found,
                    ProtocolFeature.TOOL_NAME,
                    !ToolNames.PLAIN.matcher(tool.name()).matches());
            add(found, ProtocolFeature.STRICT, Boolean.TRUE.equals(tool.strict()));
            add(found, ProtocolFeature.CUSTOM_TOOL, custom.contains(tool.name()));
            add(found, ProtocolFeature.TOOL_CACHE_MARKS, tool.mark() != null);
        }
        add(
                found,
                ProtocolFeature.NAMESPACE,
                CallerTools.of(request).entries().stream()
                        .anyMatch(entry -> entry.namespace() != null || entry.kind() == CallerTools.Kind.SEARCH));
        ToolChoice choice = request.toolChoice();
        add(found, ProtocolFeature.CHOICE_NONE, choice != null && choice.mode() == ToolChoice.Mode.NONE);
        add(found, ProtocolFeature.CHOICE_REQUIRED, choice != null && choice.mode() == ToolChoice.Mode.REQUIRED);
        add(found, ProtocolFeature.CHOICE_NAMED, choice != null && choice.mode() == ToolChoice.Mode.NAMED);
        add(found, ProtocolFeature.ONE_CALL, Boolean.FALSE.equals(request.parallelCalls()));
    }

    private static void settings(ChatRequest request, Set<ProtocolFeature> found) {
        add(found, ProtocolFeature.JSON_MODE, request.format() instanceof ResponseFormat.Json);
        add(found, ProtocolFeature.JSON_SCHEMA, request.format() instanceof ResponseFormat.JsonSchema);
        boolean named =
                request.original() == null || NAMING.contains(request.original().dialect());
        add(
                found,
                ProtocolFeature.SCHEMA_NAME,
                named && request.format() instanceof ResponseFormat.JsonSchema schema && schema.name() != null);
        add(found, ProtocolFeature.LOGPROBS, request.logprobs() != null);
        add(found, ProtocolFeature.MAX_TOKENS, request.maxOutputTokens() != null);
        add(found, ProtocolFeature.CANDIDATES, request.candidates() > 1);
        add(found, ProtocolFeature.EFFORT, request.effort() != null);
        add(found, ProtocolFeature.EFFORT_MAX, request.effort() == ChatRequest.Effort.MAX);
        add(found, ProtocolFeature.EFFORT_NONE, request.effort() == ChatRequest.Effort.NONE);
        add(found, ProtocolFeature.USER, request.user() != null);
        add(
                found,
                ProtocolFeature.METADATA,
                request.metadata().keySet().stream().anyMatch(label -> !RequestMetadata.isHint(label)));
        add(found, ProtocolFeature.AUTOMATIC_CACHE, CacheControlFields.automatic(request) != null);
    }

    private static void sampling(SamplingParameters sampling, Set<ProtocolFeature> found) {
        add(found, ProtocolFeature.TEMPERATURE, sampling.temperature() != null);
        add(found, ProtocolFeature.TOP_P, sampling.topP() != null);
        add(found, ProtocolFeature.TOP_K, sampling.topK() != null);
        add(found, ProtocolFeature.SEED, sampling.seed() != null);
        add(
                found,
                ProtocolFeature.PENALTIES,
                sampling.presencePenalty() != null || sampling.frequencyPenalty() != null);
        add(found, ProtocolFeature.STOP, !sampling.stop().isEmpty());
    }

    private static void add(Set<ProtocolFeature> found, ProtocolFeature feature, boolean there) {
        if (there) {
            found.add(feature);
        }
    }
}
