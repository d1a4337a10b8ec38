package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.SamplingParameters;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.AnthropicEffort;
import java.math.BigDecimal;
import java.util.List;

/** How long, how freely and how hard the model answers: limits, sampling, effort. */
final class AnthropicModelParameters {
    /** {@code max_tokens} is required; this is what every model still served can write. */
    private static final int DEFAULT_MAX_TOKENS = 8192;

    private final ChatRequest request;
    private final ProviderModel target;
    private final boolean forcesCall;

    /** @param forcesCall whether a forced tool choice is sent, which the API refuses while thinking is on */
    AnthropicModelParameters(ChatRequest request, ProviderModel target, boolean forcesCall) {
        this.request = request;
        this.target = target;
        this.forcesCall = forcesCall;
    }

    /** What was asked for, but never more than the model can write, which is a 400. @param asked null when not said */
    static int maxTokens(Integer asked, ProviderModel target) {
        int most = target.maxOutput();
        if (asked == null) {
            return most > 0 ? most : DEFAULT_MAX_TOKENS;
        }
        return most > 0 ? Math.min(asked, most) : asked;
    }

    boolean thinks() {
        return hasEffort()
                && (request.effort() != Effort.NONE || !target.supports(UnsupportedParameter.THINKING_OFF))
                && !forcesCall;
    }

    /** A model that knows no levels is told a budget, see {@link #budget()}. */
    private boolean hasEffort() {
        return request.effort() != null && (target.supports(UnsupportedParameter.EFFORT) || budget() > 0);
    }

    /** 0 for a model that is told a level, does not think or has no room to. */
    private int budget() {
        boolean limited =
                !target.supports(UnsupportedParameter.EFFORT) && target.supports(UnsupportedParameter.THINKING_BUDGET);
        return limited ? AnthropicEffort.budget(request.effort(), maxTokens(request.maxOutputTokens(), target)) : 0;
    }

    /** To be called when the conversation is written. */
    void write(ObjectNode body) {
        boolean limited = thinks() && budget() > 0;
        boolean thinks =
                thinks() && !(limited && AnthropicThinkingAdapter.lastStepLacksThinking(body.path("messages")));
        if (!thinks) {
            writeSampling(body, request.sampling());
        }
        writeStop(body);
        if (thinks && limited) {
            body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget());
        } else if (hasEffort() && target.supports(UnsupportedParameter.EFFORT)) {
            writeEffort(body);
        }
    }

    /**
     * Models from 4.1 on refuse temperature and top_p together; a thinking one refuses to be sampled otherwise at all.
     */
    private void writeSampling(ObjectNode body, SamplingParameters sampling) {
        if (sampling.temperature() != null && target.supports(UnsupportedParameter.TEMPERATURE)) {
            body.put("temperature", sampling.temperature().min(BigDecimal.ONE));
        } else if (sampling.topP() != null && target.supports(UnsupportedParameter.TOP_P)) {
            body.put("top_p", sampling.topP());
        }
        if (sampling.topK() != null && target.supports(UnsupportedParameter.TOP_K)) {
            body.put("top_k", sampling.topK());
        }
    }

    private void writeStop(ObjectNode body) {
        List<String> stop = request.sampling().stop().stream()
                .filter(text -> !text.isBlank())
                .toList();
        if (!stop.isEmpty() && target.supports(UnsupportedParameter.STOP)) {
            ArrayNode sequences = body.putArray("stop_sequences");
            stop.forEach(sequences::add);
        }
    }

    private void writeEffort(ObjectNode body) {
        if (thinks() || target.supports(UnsupportedParameter.THINKING_OFF)) {
            body.putObject("thinking").put("type", thinks() ? "adaptive" : "disabled");
        }
        if (thinks() || request.effort() != Effort.NONE) {
            body.withObjectProperty("output_config").put("effort", level());
        }
    }

    private String level() {
        return switch (request.effort()) {
            case NONE, MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case XHIGH -> thinks() ? "xhigh" : "high";
            case MAX -> thinks() ? "max" : "high";
        };
    }
}
