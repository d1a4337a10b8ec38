package io.camelback.quota;

import io.camelback.config.QuotaSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The usage of a quota.
 *
 * @param subject {@code deployment:…} or {@code key:…}
 * @param quota which one: {@code 50 requests a day}
 * @param limit how many there may be in a window
 * @param used how many there were
 * @param until when there is more room again, at the latest
 * @param cooling whether nothing is let in until then, because a limit was reached
 */
public record QuotaUsage(String subject, String quota, long limit, long used, Instant until, boolean cooling) {

    /** The deployment, or the key's id. */
    public String name() {
        return subject.substring(subject.indexOf(':') + 1);
    }

    /** How many more there may be; none while it cools down. */
    public long remaining() {
        return cooling ? 0 : Math.max(0, limit - used);
    }

    /** Reads how all quotas of somebody stand; the limit of those who may ask at once is no quota. */
    public static List<QuotaUsage> read(
            Connection connection, String whose, QuotaSettings limits, ZoneId zone, Instant now) throws SQLException {
        Instant cools = limits.cooldown() == null
                ? Instant.MIN
                : Instant.ofEpochMilli(JdbcQuotaCounter.coolsUntil(connection, whose));
        List<QuotaUsage> all = new ArrayList<>();
        for (Quota quota : Quota.of(whose, limits)) {
            Quota.Slot slot = quota.slot(now, zone);
            long[] sum = JdbcQuotaCounter.sum(connection, new QuotaCounter.Take(quota, slot, 0));
            boolean cooling = cools.isAfter(now);
            all.add(new QuotaUsage(
                    whose,
                    quota.toString(),
                    quota.limit(),
                    sum[0],
                    cooling ? cools : now.plus(quota.left(slot, sum[1] == 0 ? slot.starts() : sum[1], now)),
                    cooling));
        }
        return all;
    }
}
