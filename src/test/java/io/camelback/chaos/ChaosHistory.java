package io.camelback.chaos;

import java.util.List;

/**
 * What happened in one schedule, as callers, providers and the ledger tell it. All times are milliseconds of one clock.
 *
 * @param answer the text of a whole answer
 * @param tokens how many tokens it has
 * @param keys the client keys that callers used
 */
record ChaosHistory(
        String answer,
        int tokens,
        List<ClientKey> keys,
        List<CallerRecord> callers,
        List<ProviderRecord> providers,
        LedgerRecord ledger,
        List<Death> deaths,
        List<Outage> outages) {

    /** How a request ended for its caller. */
    enum Outcome {
        /** A success was told, up to its regular end. */
        WHOLE,
        /** An error was told instead of an answer. */
        REFUSED,
        /** An error was told inside a stream. */
        BROKEN_OFF,
        /**
         * The response ended in good order as HTTP, but says neither that the model was done nor that anything failed.
         */
        TRUNCATED,
        /** The connection broke before the end. */
        CUT,
        /** The caller left. */
        LEFT
    }

    /**
     * @param id of the client key
     * @param budget the most it may spend in a day, in micro-dollars; 0 when it has no budget
     * @param requests the most requests in an hour; 0 when it has no quota
     */
    record ClientKey(String id, long budget, long requests) {}

    /**
     * A request, as its caller knows it.
     *
     * @param requestId what the caller called it
     * @param ask the same for requests that are sent again with the same Idempotency-Key, and in their prompts
     * @param idempotent whether it came with an Idempotency-Key
     * @param gateway which was asked, from 0
     * @param key the id of its client key
     * @param status 0 when none came
     * @param text what came of the answer
     * @param code of the error that was told; null for none
     * @param deployment who is said to have answered; null when nobody is
     * @param replay whether it is said to be the answer of before
     */
    record CallerRecord(
            String requestId,
            String ask,
            boolean idempotent,
            int gateway,
            String key,
            long began,
            long ended,
            int status,
            Outcome outcome,
            String text,
            String code,
            String deployment,
            boolean replay) {
        boolean won() {
            return outcome == Outcome.WHOLE && !replay;
        }
    }

    /**
     * A request, as a provider knows it.
     *
     * @param whole whether it has answered in full
     * @param ended when it ended, for the provider
     */
    record ProviderRecord(String ask, String deployment, long began, long ended, int tokens, boolean whole) {}

    /** A gateway's process that was killed, without a word. */
    record Death(int gateway, long at) {}

    /** The time in which the ledger could not be written: its database was out of order, or the gateway was frozen. */
    record Outage(long from, long to) {}

    /** What stands in the ledger of these requests and keys. */
    record LedgerRecord(
            List<RequestRow> requests,
            List<AttemptRow> attempts,
            List<String> replays,
            List<BudgetRow> budgets,
            List<ReservationRow> reservations,
            List<QuotaRow> quotas) {}

    record RequestRow(String requestId, int status, String error) {}

    /** @param microDollars null when nobody knows the price */
    record AttemptRow(
            String requestId,
            String deployment,
            String key,
            String outcome,
            Long microDollars,
            Long outputTokens,
            boolean estimated,
            boolean resent) {}

    record BudgetRow(String key, long starts, long settled, long reserved) {}

    record ReservationRow(String requestId, String key, long microDollars) {}

    record QuotaRow(String key, long starts, long used) {}
}
