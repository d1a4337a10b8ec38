package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final SimulatedFault A = SimulatedFault.status(500);
    private static final SimulatedFault B = SimulatedFault.silence();
    private static final SimulatedFault C = SimulatedFault.htmlWith200();
    private final FaultScript script = new FaultScript();

    @Test
    void plays_each_fault_once_and_then_the_rest() {
        script.then(A, B).times(2, C).always(B);

        assertThat(play(6)).containsExactly(A, B, C, C, B, B);
    }

    @Test
    void all_is_well_without_a_script() {
        assertThat(play(2)).containsExactly(SimulatedFault.ok(), SimulatedFault.ok());
    }

    @Test
    void a_model_s_own_script_goes_first_and_then_gives_way() {
        script.then(A);
        script.forModel("sim").then(B);

        assertThat(script.next("other", null)).isEqualTo(A);
        assertThat(play(2)).containsExactly(B, SimulatedFault.ok());
    }

    @Test
    void a_key_has_a_script_of_its_own() {
        script.forKey("bad").always(A);

        assertThat(script.next("sim", "bad")).isEqualTo(A);
        assertThat(script.next("sim", "good")).isEqualTo(SimulatedFault.ok());
    }

    @Test
    void clearing_makes_everything_well_again() {
        script.then(A).always(B);
        script.forModel("sim").always(C);
        script.forKey("bad").always(C);

        script.clear();

        assertThat(script.next("sim", "bad")).isEqualTo(SimulatedFault.ok());
    }

    @Test
    void a_reset_at_connect_is_taken_by_the_connection() {
        script.then(SimulatedFault.resetAtConnect(), A);

        assertThat(script.resetsConnection()).isTrue();
        assertThat(script.resetsConnection()).isFalse();
        assertThat(play(1)).containsExactly(A);
    }

    @Test
    void connections_can_be_reset_for_good() {
        script.always(SimulatedFault.resetAtConnect());

        assertThat(List.of(script.resetsConnection(), script.resetsConnection()))
                .containsOnly(true);
    }

    @Test
    void each_fault_is_played_once_among_many_threads() {
        script.times(500, A);

        List<SimulatedFault> played = IntStream.range(0, 1000)
                .parallel()
                .mapToObj(i -> script.next("sim", null))
                .toList();

        assertThat(Collections.frequency(played, A)).isEqualTo(500);
    }

    private List<SimulatedFault> play(int requests) {
        return IntStream.range(0, requests)
                .mapToObj(i -> script.next("sim", null))
                .toList();
    }
}
