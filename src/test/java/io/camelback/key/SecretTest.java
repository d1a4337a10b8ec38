package io.camelback.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void a_key_has_more_than_256_bits_in_letters_and_digits() {
        assertThat(Secret.make(new SecureRandom())).matches("cb-[0-9A-Za-z]{43}");
        assertThat(Stream.generate(() -> Secret.make(new SecureRandom())).limit(100).distinct()).hasSize(100);
    }

    @Test
    void its_hash_is_the_sha_256_of_all_of_it() {
        assertThat(Secret.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Secret.hash("cb-" + "x".repeat(43))).isNotEqualTo(Secret.hash("cb-" + "x".repeat(42) + "y"));
    }
}
