package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** A row of the ledger. Written twice it is there once: its id says which it is. */
public sealed interface LedgerRow permits RequestRow, AttemptRow, EscalationRow, ReplayRow {
    /** The longest text a row holds. */
    int LONGEST = 300;

    /** The statement that writes it; the same for all rows of a kind. */
    String sql();

    void bind(PreparedStatement statement) throws SQLException;

    /** {@code INSERT INTO table (…) VALUES (?, …)} for these columns. */
    static String insert(String table, String... columns) {
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (?"
                + ", ?".repeat(columns.length - 1) + ") ON CONFLICT (id) DO NOTHING";
    }

    /** Shortened to what a row needs, and without what a database cannot hold: some texts are a caller's own words. */
    static String storable(String value) {
        return storable(value, LONGEST);
    }

    private static String storable(String value, int longest) {
        if (value == null) {
            return null;
        }
        String text = value.length() <= longest ? value : value.substring(0, longest);
        return text.chars().noneMatch(one -> one == 0 || Character.isSurrogate((char) one))
                ? text
                : text.codePoints()
                        .map(one ->
                                one == 0 || one <= Character.MAX_VALUE && Character.isSurrogate((char) one) ? '?' : one)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** Sets parameters one after the other. */
    final class Binder {
        private final PreparedStatement statement;
        private int next = 1;

        Binder(PreparedStatement statement) {
            this.statement = statement;
        }

        Binder text(String value) throws SQLException {
            return text(value, LONGEST);
        }

        Binder text(String value, int longest) throws SQLException {
            statement.setString(next++, storable(value, longest));
            return this;
        }

        Binder number(Number value) throws SQLException {
            if (value == null) {
                statement.setNull(next++, Types.BIGINT);
            } else {
                statement.setLong(next++, value.longValue());
            }
            return this;
        }

        Binder whole(Integer value) throws SQLException {
            if (value == null) {
                statement.setNull(next++, Types.INTEGER);
            } else {
                statement.setInt(next++, value);
            }
            return this;
        }

        Binder flag(boolean value) throws SQLException {
            return whole(value ? 1 : 0);
        }
    }
}
