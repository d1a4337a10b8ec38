package io.camelback.camel;

import io.camelback.routing.Allowance;

/** What quotas and budgets have left for a call, as far as this gateway knows: for plans. Asks nobody and takes nothing. */
final class Means {
    private final QuotaGate gate;
    private final Books books;

    Means(QuotaGate gate, Books books) {
        this.gate = gate;
        this.books = books;
    }

    /** In the order in which they are asked when the turn comes. */
    Allowance of(Call call) {
        return deployment -> gate.foresee(call, deployment).or(() -> books.foresee(call, deployment));
    }
}
