package io.camelback.acceptance.sdk;

import java.util.List;

/**
 * A conversation held with an official client: it remembers what was said, and sends it back as that client's users do.
 */
public interface SdkConversation extends AutoCloseable {
    /**
     * What is asked for beside an answer: the tool {@link SdkClients#TOOL}, thinking, an object by
     * {@link io.camelback.testkit.JsonSchemas#REPORT}.
     */
    enum Wish {
        TOOL,
        THINKING,
        JSON
    }

    /** @param arguments JSON text */
    record Call(String id, String name, String arguments) {}

    /**
     * What the model said.
     *
     * @param thinking its readable reasoning; empty when none was given
     * @param finish why it stopped, in the client's own word
     */
    record Said(String model, String text, String thinking, List<Call> calls, String finish) {}

    /** Says something as the user. */
    Said say(String text, boolean stream);

    /** Gives each call its result, in this order. */
    Said results(List<Call> calls, List<String> results, boolean stream);

    @Override
    void close();
}
