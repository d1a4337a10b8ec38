package io.camelback.chaos;

/** Where the ledger is kept, and by how many gateways. */
enum LedgerKind {
    SQLITE(1),
    POSTGRES(2);

    final int gateways;

    LedgerKind(int gateways) {
        this.gateways = gateways;
    }
}
