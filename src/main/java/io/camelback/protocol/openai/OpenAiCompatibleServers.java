package io.camelback.protocol.openai;

import io.camelback.protocol.ProviderModel;
import java.util.Set;

/** Which of the known servers a target is, where they differ in more than what they refuse (docs/wire-formats.md 5). */
public final class OpenAiCompatibleServers {
    /** They answer 400 or 422 to fields of a message that they do not know. */
    private static final Set<String> STRICT_MESSAGES = Set.of("openai", "azure", "groq", "mistral");

    private OpenAiCompatibleServers() {}

    public static boolean isOpenAi(ProviderModel target) {
        return "openai".equals(target.provider());
    }

    public static boolean isMistral(ProviderModel target) {
        return "mistral".equals(target.provider());
    }

    public static boolean isDeepSeek(ProviderModel target) {
        return "deepseek".equals(target.provider());
    }

    public static boolean strictMessages(ProviderModel target) {
        return STRICT_MESSAGES.contains(String.valueOf(target.provider()));
    }
}
