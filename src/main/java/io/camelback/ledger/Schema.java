package io.camelback.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the tables up to date, once, whoever comes first. Tables of a newer version are refused (docs/failures.md D19). */
final class Schema {
    private static final String MIGRATIONS = "classpath:camelback/ledger";

    private Schema() { }

    /**
     * @param name how the operator knows the ledger, for messages
     * @throws LedgerRefused when the tables are another version's
     * @throws org.flywaydb.core.api.FlywayException when they cannot be read or changed
     */
    static void migrate(DataSource source, String name) {
        try {
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader()).dataSource(source).locations(MIGRATIONS)
                    .table("camelback_schema").baselineOnMigrate(true).baselineVersion("0")
                    .ignoreMigrationPatterns(new String[0]).load();
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new LedgerRefused("The ledger " + name + " was written by another version of Camelback, most likely a newer one."
                    + " Run that version, or give this one a ledger of its own.", e);
        }
    }
}
