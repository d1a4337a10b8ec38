package io.camelback.protocol.openai.chat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.protocol.InvalidRequestException;
import io.camelback.testkit.OpenAiFixtures;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused, with the path of the field that is wrong. */
class OpenAiRequestFaultsTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("no model", "{" + HI + "}", "model", "required"),
                arguments("empty model", "{\"model\":\" \"," + HI + "}", "model", "required"),
                arguments("model is a number", "{\"model\":4," + HI + "}", "model", "string"),
                arguments("no messages", "{\"model\":\"m\"}", "messages", "at least one"),
                arguments("empty messages", "{\"model\":\"m\",\"messages\":[]}", "messages", "at least one"),
                arguments("messages is a string", "{\"model\":\"m\",\"messages\":\"Hi\"}", "messages", "array"),
                message("message is a string", "\"Hi\"", "messages[0]", "object"),
                message(
                        "unknown role",
                        "{\"role\":\"model\",\"content\":\"x\"}",
                        "messages[0].role",
                        "system, developer, user"),
                message("no role", "{\"content\":\"x\"}", "messages[0].role", "required"),
                message("no content", "{\"role\":\"user\"}", "messages[0].content", "required"),
                message(
                        "content is a number",
                        "{\"role\":\"user\",\"content\":1}",
                        "messages[0].content",
                        "string or an array"),
                message(
                        "tool result without id",
                        "{\"role\":\"tool\",\"content\":\"x\"}",
                        "messages[0].tool_call_id",
                        "required"),
                message(
                        "call without id",
                        "{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"function\":"
                                + "{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                        "messages[0].tool_calls[0].id",
                        "required"),
                message(
                        "call without function", "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}",
                        "messages[0].tool_calls[0].function", "required"),
                part("part without type", "{\"text\":\"x\"}", "type", "required"),
                part("text part without text", "{\"type\":\"text\"}", "text", "required"),
                part("image without url", "{\"type\":\"image_url\",\"image_url\":{}}", "image_url.url", "required"),
                part(
                        "image from a file",
                        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}",
                        "image_url.url",
                        "http, https or data"),
                part(
                        "broken base64",
                        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,a?b\"}}",
                        "image_url.url",
                        "base64"),
                part(
                        "audio without format",
                        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\"}}",
                        "input_audio.format",
                        "required"),
                part(
                        "empty file",
                        "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\"}}",
                        "file.file_data",
                        "file_id"),
                field("tool without type", "\"tools\":[{\"function\":{\"name\":\"f\"}}]", "tools[0].type", "required"),
                field(
                        "tool without name",
                        "\"tools\":[{\"type\":\"function\",\"function\":{}}]",
                        "tools[0].function.name",
                        "required"),
                field(
                        "schema is a string",
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":\"{}\"}}]",
                        "tools[0].function.parameters",
                        "object"),
                field("unknown tool choice", "\"tool_choice\":\"any\"", "tool_choice", "none, auto, required"),
                field("a choice without tools", "\"tool_choice\":\"required\"", "tool_choice", "has none"),
                field(
                        "a choice among other tools",
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
                                + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}",
                        "tool_choice",
                        "not among"),
                field("parallel is a string", "\"parallel_tool_calls\":\"no\"", "parallel_tool_calls", "true or false"),
                field(
                        "unknown format",
                        "\"response_format\":{\"type\":\"xml\"}",
                        "response_format.type",
                        "json_schema"),
                field(
                        "format without schema",
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}",
                        "response_format.json_schema.schema",
                        "required"),
                field("hot", "\"temperature\":2.01", "temperature", "from 0 to 2"),
                field("temperature is a string", "\"temperature\":\"1\"", "temperature", "from 0 to 2"),
                field("top_p", "\"top_p\":1.5", "top_p", "from 0 to 1"),
                field("n", "\"n\":1000", "n", "from 1 to 128"),
                field("no tokens", "\"max_tokens\":0", "max_tokens", "from 1"),
                field("negative tokens", "\"max_completion_tokens\":-1", "max_completion_tokens", "from 1"),
                field("2^63 tokens", "\"max_tokens\":9223372036854775808", "max_tokens", "to 2147483647"),
                field("half a token", "\"max_tokens\":1.5", "max_tokens", "whole number"),
                field("1e400 tokens", "\"max_tokens\":1e400", "max_tokens", "out of range"),
                field("1e400 somewhere", "\"x\":{\"y\":[1e400]}", "x.y[0]", "out of range"),
                field("a number that takes a gigabyte", "\"x\":1e-999999999", "x", "out of range"),
                field("five stops", "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "stop", "at most 4"),
                field("stop is a number", "\"stop\":1", "stop", "string"),
                field("seed", "\"seed\":0.5", "seed", "whole number"),
                field("penalty", "\"presence_penalty\":3", "presence_penalty", "from -2 to 2"),
                field("other penalty", "\"frequency_penalty\":-3", "frequency_penalty", "from -2 to 2"),
                field("logprobs", "\"logprobs\":1", "logprobs", "true or false"),
                field("stream", "\"stream\":\"yes\"", "stream", "true or false"),
                field(
                        "stream options",
                        "\"stream_options\":{\"include_usage\":1}",
                        "stream_options.include_usage",
                        "true or false"),
                field(
                        "effort",
                        "\"reasoning_effort\":\"extreme\"",
                        "reasoning_effort",
                        "none, minimal, low, medium, high, xhigh, max"),
                field("metadata", "\"metadata\":[]", "metadata", "object"),
                field("user", "\"user\":7", "user", "string"));
    }

    private static Arguments message(String name, String message, String param, String allowed) {
        return arguments(name, "{\"model\":\"m\",\"messages\":[" + message + "]}", param, allowed);
    }

    private static Arguments part(String name, String part, String param, String allowed) {
        return message(
                name, "{\"role\":\"user\",\"content\":[" + part + "]}", "messages[0].content[0]." + param, allowed);
    }

    private static Arguments field(String name, String field, String param, String allowed) {
        return arguments(name, "{\"model\":\"m\"," + HI + "," + field + "}", param, allowed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_is_named_with_its_path_and_what_is_allowed(String name, String body, String param, String allowed) {
        InvalidRequestException error =
                catchThrowableOfType(InvalidRequestException.class, () -> OpenAiFixtures.request(body));

        assertThat(error).isNotNull();
        assertThat(error.error().status()).isEqualTo(400);
        assertThat(error.error().param()).isEqualTo(param);
        assertThat(error.error().message()).contains(param).contains(allowed);
    }
}
