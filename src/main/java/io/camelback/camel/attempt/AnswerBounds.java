package io.camelback.camel.attempt;

import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.config.LimitSettings;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.memory.JsonFootprint;
import io.camelback.memory.MemoryLease;

/**
 * What one attempt keeps of its provider's answer: held against the limits, and counted to the gateway's memory. Of a
 * stream that goes straight to the caller text is not kept, once there is any; of one that is collected or held back,
 * everything is. Used by the thread that reads the answer.
 */
public final class AnswerBounds {
    /** What a character of an event takes once it is kept: as it came, and as what it means. */
    private static final int COPIES = 3;
    /** What an event takes beside its text, in bytes. */
    private static final int EVENT = 256;

    private final LimitSettings limits;
    private final MemoryLease lease;
    private boolean keepsAll;
    private boolean begun;
    private long kept;
    private int calls;

    AnswerBounds(LimitSettings limits, MemoryLease lease) {
        this.limits = limits;
        this.lease = lease;
    }

    public MemoryLease lease() {
        return lease;
    }

    /** From now on all that comes is kept until it is complete. */
    public void keepAll() {
        keepsAll = true;
    }

    /** A whole body is about to be read as JSON. @throws ProviderException when there is no memory for it */
    public void parsing(byte[] json) {
        take(JsonFootprint.of(json));
    }

    /**
     * A part of the answer has come.
     *
     * @throws ProviderException when it is more than an answer may have, or there is no memory for it
     */
    void seen(StreamChunk chunk) {
        boolean keeps = keepsAll || !begun;
        begun |= chunk.hasContent();
        for (StreamEvent event : chunk.events()) {
            checkChoice(event);
            keeps |= !passes(event);
            if (event instanceof StreamEvent.ToolCallStarted && ++calls > limits.toolCalls()) {
                throw tooLarge("limits.tool-calls", limits.toolCalls());
            }
        }
        if (keeps) {
            int length = chunk.length();
            kept += length;
            if (kept > limits.answer()) {
                throw tooLarge("limits.answer", limits.answer());
            }
            take((long) COPIES * length + EVENT * (1L + chunk.events().size()));
        }
    }

    /** What is written to the caller, or counted, and forgotten. */
    private static boolean passes(StreamEvent event) {
        return event instanceof StreamEvent.TextDelta
                || event instanceof StreamEvent.LogprobsDelta
                || event instanceof StreamEvent.UsageReported;
    }

    private void checkChoice(StreamEvent event) {
        int choice = choice(event);
        if (choice < 0 || choice >= limits.choices()) {
            throw tooLarge("limits.choices", limits.choices());
        }
    }

    private static int choice(StreamEvent event) {
        if (event instanceof StreamEvent.TextDelta delta) {
            return delta.choice();
        } else if (event instanceof StreamEvent.LogprobsDelta delta) {
            return delta.choice();
        } else if (event instanceof StreamEvent.ToolCallStarted call) {
            return call.choice();
        } else if (event instanceof StreamEvent.ThinkingDelta delta) {
            return delta.choice();
        } else if (event instanceof StreamEvent.RefusalDelta delta) {
            return delta.choice();
        }
        return event instanceof StreamEvent.Finished finished ? finished.choice() : 0;
    }

    private void take(long bytes) {
        if (!lease.grow(bytes)) {
            throw ProviderException.noMemory();
        }
    }

    /** @param limit the key; @param most what it says */
    public static ProviderException tooLarge(String limit, long most) {
        return new ProviderException(
                FailureKind.PROTOCOL,
                200,
                "answer_too_large",
                "an answer larger than " + limit + " (" + most + ")",
                null);
    }
}
