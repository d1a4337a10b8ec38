package io.camelback.clientkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientKeySecretTest {
    @Test
    void a_key_has_more_than_256_bits_in_letters_and_digits() {
        assertThat(ClientKeySecret.make(new SecureRandom())).matches("cb-[0-9A-Za-z]{43}");
        assertThat(Stream.generate(() -> ClientKeySecret.make(new SecureRandom()))
                        .limit(100)
                        .distinct())
                .hasSize(100);
    }

    @Test
    void its_hash_is_the_sha_256_of_all_of_it() {
        assertThat(ClientKeySecret.hash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(ClientKeySecret.hash("cb-" + "x".repeat(43)))
                .isNotEqualTo(ClientKeySecret.hash("cb-" + "x".repeat(42) + "y"));
    }
}
