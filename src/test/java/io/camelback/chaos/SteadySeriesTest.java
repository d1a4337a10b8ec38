package io.camelback.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SteadySeriesTest {
    private static SteadySeries of(int count, IntToDoubleFunction value) {
        SteadySeries series = new SteadySeries("RSS", 8);
        for (int i = 0; i < count; i++) {
            series.add(value.applyAsDouble(i));
        }
        return series;
    }

    @Test
    void what_stays_goes_up_and_down_or_has_warmed_up_is_steady() {
        assertThat(of(60, i -> 300).steady()).isTrue();
        assertThat(of(60, i -> 300 + 20 * (i % 5)).steady()).isTrue();
        assertThat(of(60, i -> 300 - 60.0 / (i + 1)).steady()).isTrue();
        assertThat(of(60, i -> 300 - i).steady()).isTrue();
    }

    @Test
    void what_grows_is_not() {
        assertThat(of(60, i -> 300 + 0.5 * i).steady()).isFalse();
        assertThat(of(60, i -> 300 + 0.5 * i + 20 * (i % 5)).steady()).isFalse();
        assertThat(of(60, i -> i < 40 ? 300 : 400).steady()).isFalse();
    }

    @Test
    void of_too_few_nothing_can_be_said() {
        assertThat(of(2, i -> 300).steady()).isFalse();
    }
}
