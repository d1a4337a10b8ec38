package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.ledger.About;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.RequestRow;
import io.camelback.observe.RequestRecord;
import io.camelback.routing.Attempt;
import io.camelback.routing.Complexity;
import io.camelback.routing.Metered;
import java.time.Clock;
import java.util.Locale;

/** Enters requests and their attempts in the ledger, as one version of the configuration sees them. */
final class Books {
    private final Ledger ledger;
    private final int revision;
    private final Clock clock;

    /** @param revision the number of the configuration's version, from 1 */
    Books(Accounts accounts, int revision, Clock clock) {
        this.ledger = accounts.ledger().orElse(null);
        this.revision = revision;
        this.clock = clock;
    }

    /** A request is done. Never waits for the ledger. */
    void done(Call call, RequestRecord request) {
        if (ledger == null) {
            return;
        }
        About about = about(call);
        long began = clock.millis() - request.took().toMillis();
        request.attempts().forEach(attempt -> ledger.add(row(attempt, about, began)));
        ledger.add(new RequestRow(ledger.nextId(), began, about, request.door(), request.asked(), call.trail().first().orElse(null),
                request.deployment(), null, request.status(), request.error() == null ? null : request.error().code(),
                request.streamed(), request.took().toMillis(), call.trail().tried(), request.degraded(),
                request.microDollars().orElse(null), ledger.gateway()));
    }

    private About about(Call call) {
        Complexity complexity = call.complexity();
        return new About(call.id(), call.clientKey(), call.chain(), complexity == null ? null : complexity.task(),
                complexity == null ? null : Integer.valueOf(complexity.shown().movePointRight(1).intValue()), revision);
    }

    private AttemptRow row(Attempt attempt, About about, long began) {
        Metered metered = attempt.metered();
        Long after = metered.startedAfter() == null ? null : Long.valueOf(metered.startedAfter().toMillis());
        return new AttemptRow(ledger.nextId(), after == null ? began : began + after, about, attempt.deployment(), null,
                attempt.outcome().name().toLowerCase(Locale.ROOT), attempt.why(),
                attempt.failure() == null ? null : attempt.failure().kind().name().toLowerCase(Locale.ROOT), attempt.status(), after,
                metered.firstToken() == null ? null : Long.valueOf(metered.firstToken().toMillis()), attempt.took().toMillis(),
                metered.usage(), metered.estimated(), metered.microDollars(), ledger.gateway());
    }
}
