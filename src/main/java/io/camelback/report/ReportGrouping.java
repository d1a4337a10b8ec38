package io.camelback.report;

/** How a report's lines are grouped. */
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
