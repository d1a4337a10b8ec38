package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words for service tiers and speeds, in requests and in answers. A tier other than the standard one has a price of
 * its own; what was asked and what was served may differ.
 */
public final class ServiceTiers {
    private static final Set<String> STANDARD =
            Set.of("", "auto", "default", "standard", "standard_only", "on_demand", "normal");
    private static final Set<String> OPENAIS = Set.of(ProtocolNames.OPENAI, ProtocolNames.RESPONSES);
    private static final String TIER = "service_tier";
    private static final List<String> FIELDS = List.of("speed", TIER, "serviceTier");
    private static final int LONGEST = 40;

    private ServiceTiers() {}

    /** @param word the provider's, in an answer. @return null when it told none */
    public static String served(String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        String tier = plain(word);
        return STANDARD.contains(tier) ? BillingDetails.STANDARD : tier;
    }

    /**
     * The tier that a request asks of a provider of this format; null for the standard one, and where the wish is not
     * carried there.
     */
    public static String asked(ChatRequest request, String protocol) {
        ChatRequest.Original original = request == null ? null : request.original();
        if (original == null
                || !original.dialect().equals(protocol)
                        && !(OPENAIS.contains(original.dialect()) && OPENAIS.contains(protocol))) {
            return null;
        }
        return written(original.body());
    }

    /** The tier that a body asks for, as it is sent; null for the standard one. */
    public static String written(ObjectNode body) {
        for (String field : FIELDS) {
            String word = Json.string(body, field);
            if (word != null && !STANDARD.contains(plain(word))) {
                return plain(word);
            }
        }
        return null;
    }

    /** Takes the wish out of a body that is to be sent. */
    public static void remove(ObjectNode body) {
        body.remove(FIELDS);
    }

    private static String plain(String word) {
        String trimmed = word.trim().toLowerCase(Locale.ROOT);
        return trimmed.length() <= LONGEST ? trimmed : trimmed.substring(0, LONGEST);
    }
}
