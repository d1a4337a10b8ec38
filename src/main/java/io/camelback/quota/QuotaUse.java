package io.camelback.quota;

import io.camelback.config.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * How a quota stands.
 *
 * @param whose   {@code deployment:…} or {@code key:…}
 * @param quota   which one: {@code 50 requests a day}
 * @param most    how many there may be in a window
 * @param used    how many there were
 * @param until   when there is more room again, at the latest
 * @param cooling whether nothing is let in until then, because a limit was reached
 */
public record QuotaUse(String whose, String quota, long most, long used, Instant until, boolean cooling) {

    /** The deployment, or the key's id. */
    public String name() {
        return whose.substring(whose.indexOf(':') + 1);
    }

    /** How many more there may be; none while it cools down. */
    public long left() {
        return cooling ? 0 : Math.max(0, most - used);
    }

    /** Reads how all quotas of somebody stand; the limit of those who may ask at once is no quota. */
    public static List<QuotaUse> read(Connection connection, String whose, Limits limits, ZoneId zone, Instant now) throws SQLException {
        Instant cools = limits.cooldown() == null ? Instant.MIN : Instant.ofEpochMilli(SharedTally.coolsUntil(connection, whose));
        List<QuotaUse> all = new ArrayList<>();
        for (Quota quota : Quota.of(whose, limits)) {
            Quota.Slot slot = quota.slot(now, zone);
            long[] sum = SharedTally.sum(connection, new Tally.Take(quota, slot, 0));
            boolean cooling = cools.isAfter(now);
            all.add(new QuotaUse(whose, quota.toString(), quota.most(), sum[0],
                    cooling ? cools : now.plus(quota.left(slot, sum[1] == 0 ? slot.starts() : sum[1], now)), cooling));
        }
        return all;
    }
}
