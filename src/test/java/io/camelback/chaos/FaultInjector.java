package io.camelback.chaos;

import io.camelback.chaos.ChaosHistory.Death;
import io.camelback.chaos.ChaosHistory.Outage;
import io.camelback.testkit.GatewayProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/** Does what a schedule says, at its time, and takes it back. */
final class FaultInjector {
    private final ChaosWorld world;
    private final ChaosSchedule schedule;
    private final LongSupplier clock;
    private final List<Death> deaths = Collections.synchronizedList(new ArrayList<>());
    private final List<Outage> outages = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    /**
     * A gateway does not start with a broken file, or without room on its disk: whoever starts it waits until neither
     * is so.
     */
    private final ReadWriteLock files = new ReentrantReadWriteLock();

    private final ReadWriteLock room = new ReentrantReadWriteLock();
    private volatile long lastEnd;

    /** @param clock gives milliseconds */
    FaultInjector(ChaosWorld world, ChaosSchedule schedule, LongSupplier clock) {
        this.world = world;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Plays the schedule to its end; processes that were ended are serving again or being started. */
    void play() throws InterruptedException {
        long began = clock.getAsLong();
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch over = new CountDownLatch(schedule.faults().size());
        for (ScheduledFault fault : schedule.faults()) {
            sleepUntil(began + fault.atMillis());
            threads.execute(() -> {
                try {
                    inflict(fault, began + fault.endsAtMillis());
                } catch (IOException | SQLException | RuntimeException e) {
                    problems.add(fault.text().trim() + " could not be played: " + e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    over.countDown();
                }
            });
        }
        over.await();
        threads.shutdownNow();
        lastEnd = Math.max(lastEnd, began);
        sleepUntil(began + schedule.lengthMillis());
    }

    /** When the last fault was over: the process was being started again, the files were good again. */
    long lastEnd() {
        return lastEnd;
    }

    List<Death> deaths() {
        return List.copyOf(deaths);
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** What went wrong with the faults themselves. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void sleepUntil(long moment) {
        for (long left = moment - clock.getAsLong(); left > 0; left = moment - clock.getAsLong()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }

    private void inflict(ScheduledFault fault, long ends) throws IOException, InterruptedException, SQLException {
        long from = clock.getAsLong();
        switch (fault.kind()) {
            case KILL, TERMINATE -> endProcess(fault, ends);
            case FREEZE -> {
                GatewayProcess child = gateway(fault).child();
                child.signal("STOP");
                sleepUntil(ends);
                child.signal("CONT");
            }
            case CLOCK_JUMP -> {
                GatewayProcess child = gateway(fault).child();
                child.clock(Duration.ofSeconds(Long.parseLong(fault.detail())));
                sleepUntil(ends);
                child.clock(Duration.ZERO);
            }
            case DISK_FULL -> {
                room.writeLock().lock();
                world.disk.fill();
                sleepUntil(ends);
                world.disk.free();
                room.writeLock().unlock();
            }
            case DATABASE_LOCKED -> lock(ends);
            case DATABASE_RESTART -> world.restartPostgres();
            case DATABASE_SLOW, DATABASE_STALLED, DATABASE_LOST -> disturb(world.databaseLink, fault, ends);
            case CALLERS_CUT, CALLERS_STALLED -> disturb(gateway(fault).front(), fault, ends);
            case PROVIDER_CUT, PROVIDER_STALLED, PROVIDER_SLOW -> disturb(world.links.get(fault.target()), fault, ends);
            case PROVIDER_TROUBLE -> {
                world.providers
                        .get(fault.target())
                        .script()
                        .always(ProviderTrouble.valueOf(fault.detail()).fault());
                sleepUntil(ends);
                world.providers.get(fault.target()).script().clear();
            }
            case GOOD_EDIT -> world.home.edit(fault.detail());
            case BROKEN_EDIT -> {
                files.writeLock().lock();
                world.home.spoil(fault.detail());
                sleepUntil(ends);
                world.home.restore();
                files.writeLock().unlock();
            }
        }
        if (!fault.kind().endsProcess()) {
            ended();
        }
        if (fault.kind().strikesDatabase() || fault.kind() == FaultKind.FREEZE) {
            outages.add(new Outage(from, clock.getAsLong()));
        }
    }

    private synchronized void ended() {
        lastEnd = Math.max(lastEnd, clock.getAsLong());
    }

    private GatewaySupervisor gateway(ScheduledFault fault) {
        return world.gateways.get(fault.target());
    }

    private void endProcess(ScheduledFault fault, long ends) throws IOException, InterruptedException {
        GatewaySupervisor gateway = gateway(fault);
        gateway.lifecycle().lock();
        try {
            if (fault.kind() == FaultKind.KILL) {
                deaths.add(new Death(fault.target(), clock.getAsLong()));
                gateway.kill();
            } else if (!gateway.terminate()) {
                problems.add(fault.text().trim() + ": it did not stop by itself");
            }
            sleepUntil(ends);
            files.readLock().lock();
            room.readLock().lock();
            ended();
            gateway.start();
        } finally {
            gateway.lifecycle().unlock();
        }
        room.readLock().unlock();
        files.readLock().unlock();
    }

    private void lock(long ends) throws SQLException {
        try (Connection connection = world.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 2000");
            statement.execute("BEGIN IMMEDIATE");
            sleepUntil(ends);
            statement.execute("ROLLBACK");
        }
    }

    private void disturb(TcpProxy proxy, ScheduledFault fault, long ends) {
        switch (fault.kind()) {
            case DATABASE_SLOW, PROVIDER_SLOW -> proxy.delay(Integer.parseInt(fault.detail()));
            case DATABASE_STALLED, CALLERS_STALLED, PROVIDER_STALLED -> proxy.stall();
            default -> {
                if (fault.detail().equals("once")) {
                    proxy.cut();
                    return;
                }
                proxy.refuse();
            }
        }
        sleepUntil(ends);
        proxy.heal();
    }
}
