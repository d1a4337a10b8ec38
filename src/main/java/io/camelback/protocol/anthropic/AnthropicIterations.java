package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.BillingDetails.ModelShare;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The runs of models that one answer was made of ({@code usage.iterations}): a model that declined and the one that
 * answered in its place, an adviser, the summary of a context that had grown too long. Their sum is what is billed; the
 * usage itself leaves out what did not become part of the answer.
 */
final class AnthropicIterations {
    private AnthropicIterations() {}

    /**
     * @param usage as the provider sent it
     * @param told the tokens that it tells for the answer
     * @return none where the usage tells all
     */
    static List<ModelShare> of(JsonNode usage, Usage told) {
        List<ModelShare> shares = new ArrayList<>();
        String asked = asked(usage.path("iterations"));
        for (JsonNode run : usage.path("iterations")) {
            String model = Json.string(run, "model");
            shares.add(new ModelShare(Objects.equals(model, asked) ? null : model, AnthropicUsage.tokens(run)));
        }
        boolean one = shares.stream().allMatch(share -> share.model() == null);
        long input = shares.stream().mapToLong(share -> share.usage().input()).sum();
        long output = shares.stream().mapToLong(share -> share.usage().output()).sum();
        boolean adds = input > told.input() || output > told.output();
        boolean several = shares.size() > 1 && input == told.input() && output == told.output();
        return one && !adds && !several ? List.of() : shares;
    }

    /** The model that the request went to is the first one that ran by itself. */
    private static String asked(JsonNode runs) {
        for (JsonNode run : runs) {
            if (!run.path("type").asText().matches("fallback_message|advisor_message")) {
                return Json.string(run, "model");
            }
        }
        return null;
    }
}
