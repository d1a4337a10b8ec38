package io.camelback.ledger;

import io.camelback.concurrent.DaemonThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger opened for reading, while a gateway may be writing to it. */
public final class ReadOnlyDatabase extends LedgerDatabase {
    private final DataSource source;
    private final Clock clock;
    private final boolean shared;

    private ReadOnlyDatabase(DataSource source, Clock clock, boolean shared) {
        super(Executors.newSingleThreadExecutor(DaemonThreads.named("camelback-ledger")));
        this.source = source;
        this.clock = clock;
        this.shared = shared;
    }

    public static ReadOnlyDatabase file(Path file, Clock clock) {
        return new ReadOnlyDatabase(SqliteDatabase.readOnly(file), clock, false);
    }

    /** @param user null when the URL says it */
    public static ReadOnlyDatabase server(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        return new ReadOnlyDatabase(source, Clock.systemUTC(), true);
    }

    @Override
    public <T> T write(Work<T> work) {
        throw new LedgerUnavailableException("this ledger is open for reading only", null);
    }

    @Override
    public <T> T read(Work<T> work) {
        return read(source, work);
    }

    @Override
    public boolean shared() {
        return shared;
    }

    @Override
    public long now() {
        return clock.millis();
    }
}
