package io.camelback.quota;

import java.util.List;
import java.util.Optional;

/** Counts usage against quotas: in all quotas of a request, or in none. */
interface QuotaCounter {
    /** @param amount how many it counts */
    record Take(Quota quota, Quota.Slot slot, long amount) {}

    /**
     * What came of it.
     *
     * @param full the quota without room; null when there was room in all
     * @param used of each quota, in their order, after it; of the full one only when there is one
     * @param oldest where the oldest part begins that counts to the full one
     */
    record Admission(Quota full, List<Long> used, long oldest) {}

    /** @throws io.camelback.ledger.LedgerUnavailableException when nobody can say */
    Admission take(List<Take> takes);

    /** What {@link #take} would say, as far as it is known here. Does not wait, and takes nothing. */
    Admission peek(List<Take> takes);

    /** Adds what there was more, or takes away what there was less, than was taken. Does not wait. */
    void correct(List<Take> takes);

    /** From now on nothing is taken for {@code whose} until then, in milliseconds of Unix time. */
    void coolDown(String whose, long until);

    /** Until when nothing is taken. */
    Optional<Long> coolsUntil(String whose);
}
