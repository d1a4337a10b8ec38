package io.camelback.chat;

import java.math.BigDecimal;
import java.util.List;

/** Sampling parameters of a request. A null component was not said and must not be sent; 0 is not null. */
public record SamplingParameters(
        BigDecimal temperature,
        BigDecimal topP,
        Integer topK,
        Long seed,
        BigDecimal presencePenalty,
        BigDecimal frequencyPenalty,
        List<String> stop) {

    public static final SamplingParameters NONE = new SamplingParameters(null, null, null, null, null, null, List.of());

    public SamplingParameters {
        stop = stop == null ? List.of() : List.copyOf(stop);
    }
}
