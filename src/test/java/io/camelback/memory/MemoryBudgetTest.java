package io.camelback.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBudgetTest {
    private static final long MIB = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(100 * MIB);

    @Test
    void what_is_taken_is_given_back_once() {
        MemoryLease lease = budget.lease();
        assertThat(lease.grow(10 * MIB)).isTrue();
        assertThat(budget.used()).isBetween(9 * MIB, 11 * MIB);

        lease.close();
        lease.close();

        assertThat(budget.used()).isZero();
        assertThat(lease.grow(200 * MIB)).as("its owner is gone").isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void one_that_does_not_fit_takes_nothing() {
        MemoryLease lease = budget.lease();
        assertThat(lease.grow(50 * MIB)).isTrue();
        long before = budget.used();

        assertThat(lease.grow(60 * MIB)).isFalse();

        assertThat(budget.used()).isEqualTo(before);
        assertThat(budget.refused()).isEqualTo(1);
        lease.shrink(40 * MIB);
        assertThat(lease.grow(60 * MIB)).isTrue();
    }

    /** In KiB: what is taken by large ones, what another wants, and whether it fits. */
    @ParameterizedTest(name = "{0} KiB are taken, {1} KiB more: {2}")
    @CsvSource({"0, 76800, true", "0, 76900, false", "70000, 10000, false", "76000, 900, true", "76000, 1100, false"})
    void large_ones_leave_a_part_to_small_ones(int taken, int wanted, boolean fits) {
        budget.lease().hold((long) taken << 10);

        assertThat(budget.lease().grow((long) wanted << 10)).isEqualTo(fits);
    }

    @Test
    void the_smallest_pass_when_all_is_taken() {
        budget.lease().hold(200 * MIB);

        assertThat(budget.lease().grow(MemoryLease.FREE)).isTrue();
        assertThat(budget.lease().grow(MemoryLease.FREE + 1)).isFalse();
    }

    @Test
    void many_at_once_never_take_more_than_there_is_and_give_all_back() {
        List<MemoryLease> leases = new ArrayList<>();
        IntStream.range(0, 64).forEach(i -> leases.add(budget.lease()));

        CompletableFuture.allOf(leases.stream()
                        .map(lease -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 500; i++) {
                                lease.grow(100_000);
                                assertThat(budget.used()).isLessThanOrEqualTo(100 * MIB + 64 * 100_000);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(leases.stream().mapToLong(MemoryLease::size).sum()).isBetween(60 * MIB, 101 * MIB);
        leases.forEach(MemoryLease::close);
        assertThat(budget.used()).isZero();
    }

    /** How often as large as its text a JSON is taken to be: small values are dear, text is not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{},|40|120",
                "1,|20|40",
                "a|2|2",
                "A plain sentence, as people write them. |2|5",
                "{\"role\":\"user\",\"content\":\"hello\"},|5|15"
            })
    void a_json_takes_what_its_values_take(String piece, int least, int most) {
        String json = piece.repeat(20_000);

        assertThat(JsonFootprint.of(json) / json.length()).isBetween((long) least, (long) most);
        assertThat(JsonFootprint.of(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(JsonFootprint.of(json));
    }
}
