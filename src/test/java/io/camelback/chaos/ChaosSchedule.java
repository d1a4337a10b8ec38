package io.camelback.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What is done to a gateway in a few seconds: the same for the same seed, so that it can be played again.
 *
 * @param lengthMillis when its last fault is over at the latest, and callers stop
 * @param tokenMillis how long the providers take for each token
 * @param faults in the order of their beginnings
 */
record ChaosSchedule(long seed, LedgerKind ledger, int lengthMillis, int tokenMillis, List<ScheduledFault> faults) {
    static final int PROVIDERS = 3;
    private static final int SHORTEST = 3_000;
    private static final int LONGEST = 8_000;
    private static final int FEWEST_FAULTS = 2;
    private static final int MOST_FAULTS = 6;
    private static final int QUIET_START = 300;
    private static final int MOST_TRIES = 100;

    static ChaosSchedule of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        LedgerKind ledger = LedgerKind.values()[random.nextInt(LedgerKind.values().length)];
        int length = between(random, SHORTEST, LONGEST);
        int tokenMillis = between(random, 1, 50);
        int count = between(random, FEWEST_FAULTS, MOST_FAULTS);
        List<FaultKind> kinds = Arrays.stream(FaultKind.values())
                .filter(kind -> kind.fits(ledger))
                .toList();
        List<ScheduledFault> faults = new ArrayList<>();
        for (int tries = 0; faults.size() < count && tries < MOST_TRIES; tries++) {
            ScheduledFault fault = fault(random, kinds.get(random.nextInt(kinds.size())), ledger, length);
            if (faults.stream().noneMatch(other -> collide(other, fault))) {
                faults.add(fault);
            }
        }
        faults.sort(Comparator.comparingInt(ScheduledFault::atMillis));
        return new ChaosSchedule(seed, ledger, length, tokenMillis, List.copyOf(faults));
    }

    private static ScheduledFault fault(Random random, FaultKind kind, LedgerKind ledger, int length) {
        int lasts = between(random, kind.shortest, Math.min(kind.longest, length - QUIET_START));
        int target = switch (kind.target) {
            case PROCESS, GATEWAY -> random.nextInt(ledger.gateways);
            case PROVIDER -> random.nextInt(PROVIDERS);
            default -> 0;
        };
        return new ScheduledFault(
                between(random, QUIET_START, length - lasts),
                lasts,
                kind,
                target,
                kind.variants.isEmpty() ? 0 : random.nextInt(kind.variants.size()));
    }

    /** One thing cannot be done twice at a time, nor can a process that is being killed be frozen. */
    private static boolean collide(ScheduledFault one, ScheduledFault other) {
        boolean sameThing = one.kind() == other.kind()
                || one.kind().target == FaultKind.Target.PROCESS && other.kind().target == FaultKind.Target.PROCESS
                || throughOneProxy(one, other);
        return sameThing
                && one.target() == other.target()
                && one.atMillis() <= other.endsAtMillis()
                && other.atMillis() <= one.endsAtMillis();
    }

    /** A proxy does one thing at a time. */
    private static boolean throughOneProxy(ScheduledFault one, ScheduledFault other) {
        return one.kind().target == other.kind().target
                && one.kind().name().split("_")[0].equals(other.kind().name().split("_")[0]);
    }

    private static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** The same with some of its faults left out, by their places in the list. */
    ChaosSchedule only(List<Integer> places) {
        return new ChaosSchedule(
                seed,
                ledger,
                lengthMillis,
                tokenMillis,
                places.stream().map(faults::get).toList());
    }

    String text() {
        return "seed " + seed + ": " + ledger + ", " + lengthMillis + " ms, a token in " + tokenMillis + " ms\n"
                + faults.stream().map(fault -> "  " + fault.text()).collect(Collectors.joining("\n"));
    }
}
