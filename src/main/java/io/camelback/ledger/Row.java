package io.camelback.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** A line of the ledger. Written twice it is there once: its id says which it is. */
public sealed interface Row permits RequestRow, AttemptRow {
    /** The statement that writes it; the same for all rows of a kind. */
    String sql();

    void bind(PreparedStatement statement) throws SQLException;

    /** {@code INSERT INTO table (…) VALUES (?, …)} for these columns. */
    static String insert(String table, String... columns) {
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (?" + ", ?".repeat(columns.length - 1)
                + ") ON CONFLICT (id) DO NOTHING";
    }

    /** Sets parameters one after the other. */
    final class Binder {
        private static final int LONGEST = 300;
        private final PreparedStatement statement;
        private int next = 1;

        Binder(PreparedStatement statement) {
            this.statement = statement;
        }

        /** Shortened to what a row needs, and without what a database cannot hold: some of it is a caller's own words. */
        Binder text(String value) throws SQLException {
            statement.setString(next++, value == null ? null : storable(value));
            return this;
        }

        private static String storable(String value) {
            String text = value.length() <= LONGEST ? value : value.substring(0, LONGEST);
            return text.chars().noneMatch(Binder::unstorable) ? text
                    : text.codePoints().map(one -> one == 0 || one <= Character.MAX_VALUE && unstorable(one) ? '?' : one)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        }

        private static boolean unstorable(int character) {
            return character == 0 || Character.isSurrogate((char) character);
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
