package io.camelback.testkit;

import java.util.List;
import java.util.Map;

/** What the talks ask for, as JSON Schema. */
public final class JsonSchemas {
    /** The arguments of the tool {@link io.camelback.acceptance.sdk.SdkClients#TOOL}. */
    public static final Map<String, Object> PLACE = object(Map.of("city", Map.of("type", "string")), "city");

    /** The answer with {@link io.camelback.acceptance.sdk.SdkConversation.Wish#JSON}. */
    public static final Map<String, Object> REPORT =
            object(Map.of("city", Map.of("type", "string"), "degrees", Map.of("type", "integer")), "city", "degrees");

    private JsonSchemas() {}

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.of(required),
                "additionalProperties",
                false);
    }
}
