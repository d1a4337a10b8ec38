package io.camelback.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Migrates the tables to the current version, once. Tables of a newer version are refused (docs/failures.md D19). */
final class SchemaMigration {
    private static final String MIGRATIONS = "classpath:camelback/ledger";

    private SchemaMigration() {}

    /**
     * @param name how the operator knows the ledger, for messages
     * @throws LedgerRefusedException when the tables are another version's
     * @throws org.flywaydb.core.api.FlywayException when they cannot be read or changed
     */
    static void migrate(DataSource source, String name) {
        try {
            Flyway flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    .table("camelback_schema")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .ignoreMigrationPatterns(new String[0])
                    .load();
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new LedgerRefusedException(
                    "The ledger " + name + " was written by another version of Camelback, most likely a newer one."
                            + " Run that version, or give this one a ledger of its own.",
                    e);
        }
    }
}
