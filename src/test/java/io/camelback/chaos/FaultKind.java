package io.camelback.chaos;

import java.util.List;

/** What can be done to a gateway and its surroundings, to whom, for how long, and in which variants. */
enum FaultKind {
    /** SIGKILL; the process is started again when the fault is over. */
    KILL(Target.PROCESS, 200, 1_500),
    /** SIGTERM; the process is started again when it has stopped and the fault is over. */
    TERMINATE(Target.PROCESS, 200, 1_500),
    /** SIGSTOP until the fault is over, then SIGCONT. */
    FREEZE(Target.PROCESS, 200, 2_500),
    /** The gateway's wall clock is off by the variant's seconds until the fault is over. */
    CLOCK_JUMP(Target.GATEWAY, 500, 3_000, "+2", "-2", "+60", "-60", "+3600", "-3600", "+46800", "-46800"),
    /** The file system of the SQLite file has no room. */
    DISK_FULL(Target.SQLITE, 300, 2_500),
    /** Another process holds SQLite's write lock. */
    DATABASE_LOCKED(Target.SQLITE, 300, 2_500),
    /** Each piece sent to or by PostgreSQL comes late by the variant's milliseconds. */
    DATABASE_SLOW(Target.POSTGRES, 500, 3_000, "5", "40", "200"),
    /** Nothing gets through to PostgreSQL, and connections stay open. */
    DATABASE_STALLED(Target.POSTGRES, 300, 2_500),
    /** All connections to PostgreSQL are reset, and new ones are, too. */
    DATABASE_LOST(Target.POSTGRES, 300, 2_500),
    /** PostgreSQL is stopped, and started again at once. */
    DATABASE_RESTART(Target.POSTGRES, 300, 1_000),
    /** All connections between callers and the gateway are reset once, or as long as the fault lasts. */
    CALLERS_CUT(Target.GATEWAY, 100, 1_500, "once", "refusing"),
    /** Nothing gets through between callers and the gateway. */
    CALLERS_STALLED(Target.GATEWAY, 200, 2_000),
    PROVIDER_CUT(Target.PROVIDER, 100, 1_500, "once", "refusing"),
    PROVIDER_STALLED(Target.PROVIDER, 200, 2_000),
    PROVIDER_SLOW(Target.PROVIDER, 300, 2_500, "20", "150"),
    /** The provider itself answers wrongly; see {@link ProviderTrouble}. */
    PROVIDER_TROUBLE(Target.PROVIDER, 300, 3_000, ProviderTrouble.names()),
    /** Good edits of the configuration and the chain; the file stays edited. */
    GOOD_EDIT(Target.HOME, 100, 1_000, "timeouts", "chain order", "comment"),
    /** A wrong edit, taken back when the fault is over. */
    BROKEN_EDIT(Target.HOME, 500, 2_000, "no YAML", "unknown key", "impossible value", "unknown deployment");

    /** What a fault strikes. */
    enum Target {
        /** One gateway's process; not two such faults at a time. */
        PROCESS,
        GATEWAY,
        PROVIDER,
        HOME,
        SQLITE,
        POSTGRES
    }

    final Target target;
    final int shortest;
    final int longest;
    final List<String> variants;

    FaultKind(Target target, int shortest, int longest, String... variants) {
        this.target = target;
        this.shortest = shortest;
        this.longest = longest;
        this.variants = List.of(variants);
    }

    /** Whether it can be played before a gateway that keeps its ledger there. */
    boolean fits(LedgerKind ledger) {
        return target != Target.SQLITE && target != Target.POSTGRES
                || (target == Target.SQLITE) == (ledger == LedgerKind.SQLITE);
    }

    boolean strikesDatabase() {
        return target == Target.SQLITE || target == Target.POSTGRES;
    }

    boolean endsProcess() {
        return this == KILL || this == TERMINATE;
    }
}
