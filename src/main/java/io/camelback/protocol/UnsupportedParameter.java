package io.camelback.protocol;

import java.util.Locale;

/**
 * What a model or a server does not take, as configured beside the deployment ({@code unsupported: [temperature,
 * stop]}). A translator leaves such a field out or says it another way; where the answer would be another one, the
 * deployment is skipped.
 */
public enum UnsupportedParameter {
    /** {@code temperature}: left out. */
    TEMPERATURE,
    /** {@code top_p}: left out. */
    TOP_P,
    /** {@code top_k}: left out. */
    TOP_K,
    /** {@code seed}: left out. */
    SEED,
    /** presence and frequency penalties: left out. */
    PENALTIES,
    /** stop sequences: left out, and the answer is cut at them. */
    STOP,
    /** log probabilities: the deployment is skipped when the request asks for them. */
    LOGPROBS,
    /** {@code max_completion_tokens}: sent as {@code max_tokens}. */
    MAX_COMPLETION_TOKENS,
    /** {@code max_tokens}: sent as {@code max_completion_tokens}. */
    MAX_TOKENS,
    /** role {@code developer}: sent as {@code system}. */
    DEVELOPER_ROLE,
    /** a system message after the first turn: sent as a marked user message. */
    LATE_SYSTEM,
    /** a participant's {@code name}: left out. */
    MESSAGE_NAME,
    /** a forced tool choice: sent as {@code auto} with a line of instruction. */
    FORCED_TOOL_CHOICE,
    /** {@code parallel_tool_calls}: left out. */
    PARALLEL_TOOL_CALLS,
    /** {@code strict} on tools: left out. */
    STRICT_TOOLS,
    /** tools: the deployment is skipped when the request has any. */
    TOOLS,
    /** images: the deployment is skipped when the request has any. */
    IMAGES,
    /** an image as an answer: the deployment is skipped when the request asks for one. */
    IMAGE_OUTPUT,
    /** a JSON schema for the answer: sent as plain JSON mode with the schema in the instructions. */
    JSON_SCHEMA,
    /** JSON mode: asked for in the instructions. */
    JSON_MODE,
    /**
     * a level of reasoning effort: left out. Anthropic's models get a budget of thinking tokens instead, if they take
     * one.
     */
    EFFORT,
    /**
     * a budget of thinking tokens: sent as adaptive thinking with the level of effort nearest to it. A model of
     * Anthropic's that refuses levels too does not think.
     */
    THINKING_BUDGET,
    /** thinking that is switched off: the model thinks as little as it can. */
    THINKING_OFF,
    /** tools while the model reasons: such a request is sent with the effort {@code none}. */
    TOOLS_WITH_EFFORT,
    /** {@code stream_options}: left out, usage is then taken from wherever the server puts it. */
    STREAM_OPTIONS,
    /** an assistant turn at the end of the conversation: followed by a user turn that asks to go on. */
    PREFILL;

    /** The name in the configuration: {@code forced-tool-choice}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
