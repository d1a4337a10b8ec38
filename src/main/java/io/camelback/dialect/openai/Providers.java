package io.camelback.dialect.openai;

import io.camelback.dialect.Target;
import java.util.Set;

/** Which of the known servers a target is, where they differ in more than what they refuse (docs/wire-formats.md 5). */
final class Providers {
    /** They answer 400 or 422 to fields of a message that they do not know. */
    private static final Set<String> STRICT_MESSAGES = Set.of("openai", "azure", "groq", "mistral");

    private Providers() { }

    static boolean isOpenAi(Target target) {
        return "openai".equals(target.provider());
    }

    static boolean isMistral(Target target) {
        return "mistral".equals(target.provider());
    }

    static boolean isDeepSeek(Target target) {
        return "deepseek".equals(target.provider());
    }

    static boolean strictMessages(Target target) {
        return STRICT_MESSAGES.contains(String.valueOf(target.provider()));
    }
}
