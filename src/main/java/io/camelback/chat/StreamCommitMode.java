package io.camelback.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When a streamed answer is committed to one model, so that no fallback can replace it. An answer that is not streamed
 * is always whole.
 */
public enum StreamCommitMode {
    /** Live: from the first content on. */
    FIRST_TOKEN("first-token"),
    /** Text is live; a tool call, and an answer that begins with one, is shown only once the whole answer is there. */
    TOOLS("tools"),
    /** Never: the answer is held back until its valid end. */
    FULL("full"),
    /** Live, and when the stream breaks another model is asked, once, to go on from the text that is out. */
    CONTINUE("continue");

    /** As callers and operators write them. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(StreamCommitMode::word).toList();

    private final String word;

    StreamCommitMode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<StreamCommitMode> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** Whether the caller may wait for long without a word although the model is at work. */
    public boolean holds() {
        return this == TOOLS || this == FULL;
    }
}
