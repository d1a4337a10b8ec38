package io.camelback.report;

/** By what a report's lines are. */
public enum ReportGrouping {
    DEPLOYMENT("deployment"),
    CHAIN("chain"),
    KEY("client_key"),
    TASK("task"),
    LAYER("layer");

    private final String column;

    ReportGrouping(String column) {
        this.column = column;
    }

    /** The column of the ledger's tables that says it; for requests, deployment and layer are those that answered. */
    String column() {
        return column;
    }
}
