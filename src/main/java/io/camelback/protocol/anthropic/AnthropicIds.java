package io.camelback.protocol.anthropic;

import io.camelback.protocol.StableId;
import io.camelback.protocol.support.UniqueIds;
import java.util.regex.Pattern;

/** Tool call ids of other providers, made to fit {@code ^[a-zA-Z0-9_-]+$}: the same id always becomes the same. */
public final class AnthropicIds {
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");
    /** {@code call_0}, {@code functions.get:1}: counted anew in every answer. */
    private static final Pattern COUNTED = Pattern.compile("^(.*[^a-zA-Z0-9])?\\d{1,3}");

    private AnthropicIds() {}

    static String sanitised(String id) {
        if (id == null || id.isEmpty()) {
            return "call";
        }
        String clean = FOREIGN.matcher(id).replaceAll("_");
        return clean.equals(id) ? id : clean + "_" + hash(id);
    }

    /** The id to send for one more call; some hosts count their calls from 0 in every turn. @param used is added to */
    public static String unused(String id, UniqueIds used) {
        return used.of(sanitised(id));
    }

    /**
     * The id of another provider's call, for a caller who will send it back, maybe to Anthropic, where no id may come
     * twice in a conversation.
     *
     * @param answer tells this answer from any other
     * @param used the ids of this answer so far; is added to
     */
    public static String told(String id, String answer, UniqueIds used) {
        boolean ambiguous = id == null || id.isEmpty() || COUNTED.matcher(id).matches();
        return unused(ambiguous ? sanitised(id) + "_" + hash(answer + id) : id, used);
    }

    private static String hash(String id) {
        return StableId.hex(id, 4);
    }
}
