package io.camelback.protocol;

/** The names of the four API formats, as the configuration, the ledger and the metrics have them. */
public final class ProtocolNames {
    /** The dialect's name, also the origin of thinking blocks that may be sent back. */
    public static final String ANTHROPIC = "anthropic";

    public static final String GEMINI = "gemini";
    /** The dialect's name, also the origin of what only it can read. */
    public static final String OPENAI = "openai";
    /** The dialect's name, also the origin of reasoning that may be sent back. */
    public static final String RESPONSES = "responses";

    private ProtocolNames() {}
}
