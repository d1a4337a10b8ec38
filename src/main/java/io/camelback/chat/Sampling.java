package io.camelback.chat;

import java.math.BigDecimal;
import java.util.List;

/** How the next token is drawn. A null component was not said and must not be sent; 0 is not null. */
public record Sampling(
        BigDecimal temperature,
        BigDecimal topP,
        Integer topK,
        Long seed,
        BigDecimal presencePenalty,
        BigDecimal frequencyPenalty,
        List<String> stop) {

    public static final Sampling NONE = new Sampling(null, null, null, null, null, null, List.of());

    public Sampling {
        stop = stop == null ? List.of() : List.copyOf(stop);
    }
}
