package io.camelback.protocol.anthropic.client;

import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.message;
import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.with;
import static io.camelback.testkit.AnthropicClientFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.protocol.InvalidRequestException;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused, with the path of the field that is wrong. */
class AnthropicRequestFaultsTest {
    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("{'max_tokens':1,'messages':[{'role':'user','content':'a'}]}", "model"),
                arguments("{'model':' ','max_tokens':1,'messages':[{'role':'user','content':'a'}]}", "model"),
                arguments(with("'max_tokens':null"), "max_tokens"),
                arguments(with("'max_tokens':-1"), "max_tokens"),
                arguments(with("'max_tokens':'100'"), "max_tokens"),
                arguments(with("'max_tokens':1.5"), "max_tokens"),
                arguments(with("'messages':[]"), "messages"),
                arguments(with("'messages':'hi'"), "messages"),
                arguments(with("'messages':['hi']"), "messages[0]"),
                arguments(message("{'role':'tool','content':'a'}"), "messages[0].role"),
                arguments(message("{'content':'a'}"), "messages[0].role"),
                arguments(message("{'role':'user'}"), "messages[0].content"),
                arguments(message("{'role':'user','content':7}"), "messages[0].content"),
                arguments(message("{'role':'user','content':['a']}"), "messages[0].content[0]"),
                arguments(block("{'text':'a'}"), "messages[0].content[0].type"),
                arguments(block("{'type':'text'}"), "messages[0].content[0].text"),
                arguments(block("{'type':'image'}"), "messages[0].content[0].source"),
                arguments(
                        block("{'type':'image','source':{'type':'base64','data':'AA=='}}"),
                        "messages[0].content[0].source.media_type"),
                arguments(
                        block("{'type':'image','source':{'type':'url','url':'file:///etc/passwd'}}"),
                        "messages[0].content[0].source.url"),
                arguments(
                        block("{'type':'image','source':{'type':'text','data':'a'}}"),
                        "messages[0].content[0].source.type"),
                arguments(
                        block("{'type':'document','source':{'type':'content'}}"),
                        "messages[0].content[0].source.content"),
                arguments(block("{'type':'tool_result','content':'a'}"), "messages[0].content[0].tool_use_id"),
                arguments(
                        block("{'type':'tool_result','tool_use_id':'t','is_error':'yes'}"),
                        "messages[0].content[0].is_error"),
                arguments(
                        message("{'role':'assistant','content':[{'type':'tool_use','name':'f','input':{}}]}"),
                        "messages[0].content[0].id"),
                arguments(
                        message(
                                "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':'{}'}]}"),
                        "messages[0].content[0].input"),
                arguments(
                        message("{'role':'assistant','content':[{'type':'tool_result','tool_use_id':'a'}]}"),
                        "messages[0].content[0].type"),
                arguments(
                        message("{'role':'assistant','content':[{'type':'thinking'}]}"),
                        "messages[0].content[0].thinking"),
                arguments(message("{'role':'system','content':[{'type':'image'}]}"), "messages[0].content[0].type"),
                arguments(with("'system':7"), "system"),
                arguments(with("'system':[{'type':'image'}]"), "system[0].type"),
                arguments(with("'temperature':1.2"), "temperature"),
                arguments(with("'top_p':'1'"), "top_p"),
                arguments(with("'top_k':-1"), "top_k"),
                arguments(with("'stop_sequences':'END'"), "stop_sequences"),
                arguments(with("'stop_sequences':['END',1]"), "stop_sequences[1]"),
                arguments(with("'stream':'true'"), "stream"),
                arguments(with("'tools':{}"), "tools"),
                arguments(with("'tools':[{'name':'f'}]"), "tools[0].input_schema"),
                arguments(with("'tools':[{'input_schema':{}}]"), "tools[0].name"),
                arguments(with("'tool_choice':'auto'"), "tool_choice"),
                arguments(with("'tool_choice':{'type':'any'}"), "tool_choice"),
                arguments(with("'tool_choice':{'type':'required'}"), "tool_choice.type"),
                arguments(
                        with("'tools':[{'name':'f','input_schema':{}}],'tool_choice':{'type':'tool','name':'g'}"),
                        "tool_choice.name"),
                arguments(with("'thinking':{'type':'on'}"), "thinking.type"),
                arguments(with("'thinking':{'type':'enabled'}"), "thinking.budget_tokens"),
                arguments(with("'thinking':{'type':'enabled','budget_tokens':10}"), "thinking.budget_tokens"),
                arguments(with("'output_config':{'effort':'huge'}"), "output_config.effort"),
                arguments(with("'output_config':{'format':{'type':'json'}}"), "output_config.format.type"),
                arguments(with("'output_config':{'format':{'type':'json_schema'}}"), "output_config.format.schema"),
                arguments(with("'metadata':{'user_id':7}"), "metadata.user_id"),
                arguments(with("'x':1e999999"), "x"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("faults")
    void trap_47_a_fault_is_told_with_its_path(String body, String path) {
        assertThatThrownBy(() -> request(body.replace('\'', '"')))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidRequestException.class))
                .extracting(InvalidRequestException::error)
                .satisfies(error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.param()).isEqualTo(path);
                    assertThat(error.message()).contains(path);
                });
    }

    private static String block(String block) {
        return message("{'role':'user','content':[" + block + "]}");
    }
}
