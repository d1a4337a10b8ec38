package io.camelback.protocol.gemini;

import io.camelback.protocol.StableId;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the calls and results of a caller's history their ids: Gemini's callers may leave them out and match results to
 * calls by name and order. An id that was left out follows from the name and the place in the history, so that every
 * turn and every gateway node finds the same one.
 */
public final class GeminiCallIds {

    /** @param named whether the caller gave the id */
    private record Call(String id, boolean named, String name, int turn) {}

    private final List<Call> unanswered = new ArrayList<>();
    private int turn;
    private int count;

    /** A turn of the model begins. */
    public void nextTurn() {
        turn++;
    }

    /** @param given the id the caller gave; null or empty when none */
    public String call(String given, String name) {
        int number = count++;
        boolean named = isNamed(given);
        String id = named ? given : derived(number, name);
        unanswered.add(new Call(id, named, name, turn));
        return id;
    }

    /**
     * The id of the call a result answers: the one it names, or else the first unanswered one of that name in the
     * latest turn that has one. A result that answers none gets an id of its own.
     */
    public String result(String given, String name) {
        Call found = null;
        for (Call call : unanswered) {
            if (call.id().equals(given)) {
                found = call;
                break;
            }
            boolean candidate = call.name().equals(name) && !(isNamed(given) && call.named());
            if (candidate && (found == null || call.turn() > found.turn())) {
                found = call;
            }
        }
        if (found != null) {
            unanswered.remove(found);
            return found.id();
        }
        return isNamed(given) ? given : derived(count++, name);
    }

    private static boolean isNamed(String given) {
        return given != null && !given.isEmpty();
    }

    private static String derived(int number, String name) {
        return id("history", name, number);
    }

    /** @param answer what else tells calls of that name and number apart */
    public static String id(String answer, String name, int number) {
        return "call_" + number + "_" + StableId.hex(answer + "\n" + name + "\n" + number, 6);
    }
}
