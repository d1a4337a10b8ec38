package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import java.util.Set;

/** Recorded bodies under {@code fixtures/anthropic}, and the models they were written for. */
public final class AnthropicFixtures {
    static final String MODEL = "claude-haiku-4-5";

    private AnthropicFixtures() {}

    public static ProviderModel target(UnsupportedParameter... refuses) {
        return new ProviderModel(MODEL, 64000, Set.of(refuses), "anthropic");
    }

    public static String text(String path) {
        return WireFixtures.text("anthropic/" + path);
    }

    public static ObjectNode json(String path) {
        return object(text(path));
    }

    public static ObjectNode object(String text) {
        return WireFixtures.json(text);
    }
}
