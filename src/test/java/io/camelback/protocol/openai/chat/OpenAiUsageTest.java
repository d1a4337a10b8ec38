package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.Usage;
import io.camelback.testkit.OpenAiFixtures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Usage, as servers of Chat Completions report it. */
class OpenAiUsageTest {
    static Stream<Arguments> usages() {
        return Stream.of(
                arguments(
                        "plain",
                        "{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":14}",
                        new Usage(9, 0, 0, 5, 0)),
                arguments(
                        "cached, written, reasoned",
                        "{\"prompt_tokens\":90,\"completion_tokens\":5,\"prompt_tokens_details\":"
                                + "{\"cached_tokens\":40,\"cache_write_tokens\":30},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}",
                        new Usage(90, 40, 30, 5, 2)),
                arguments(
                        "strings and floats",
                        "{\"prompt_tokens\":\"9\",\"completion_tokens\":5.0}",
                        new Usage(9, 0, 0, 5, 0)),
                arguments(
                        "null details",
                        "{\"prompt_tokens\":9,\"completion_tokens\":5,\"prompt_tokens_details\":null}",
                        new Usage(9, 0, 0, 5, 0)),
                arguments(
                        "DeepSeek",
                        "{\"prompt_tokens\":30,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":20,"
                                + "\"prompt_cache_miss_tokens\":10}",
                        new Usage(30, 20, 0, 1, 0)),
                arguments(
                        "Mistral",
                        "{\"prompt_tokens\":30,\"completion_tokens\":1,\"prompt_token_details\":"
                                + "{\"cached_tokens\":16}}",
                        new Usage(30, 16, 0, 1, 0)),
                arguments(
                        "xAI's reasoning apart",
                        "{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":52,"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":40}}",
                        new Usage(10, 0, 0, 42, 40)),
                arguments(
                        "cached tokens apart",
                        "{\"prompt_tokens\":10,\"completion_tokens\":2,\"prompt_tokens_details\":"
                                + "{\"cached_tokens\":100}}",
                        new Usage(110, 100, 0, 2, 0)),
                arguments(
                        "only a total and the output",
                        "{\"completion_tokens\":2,\"total_tokens\":12}",
                        new Usage(10, 0, 0, 2, 0)),
                arguments("nothing", "{}", null),
                arguments("null", "null", null),
                arguments("a string", "\"none\"", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usages")
    void usage_is_counted_one_way(String name, String usage, Usage expected) {
        assertThat(OpenAiUsage.find(OpenAiFixtures.json("{\"usage\":" + usage + "}")))
                .isEqualTo(expected);
    }

    @Test
    void usage_inside_a_choice_is_found() {
        assertThat(OpenAiUsage.find(OpenAiFixtures.json(
                        "{\"choices\":[{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}]}")))
                .isEqualTo(Usage.of(1, 2));
    }
}
