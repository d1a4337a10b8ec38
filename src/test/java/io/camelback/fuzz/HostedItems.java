package io.camelback.fuzz;

import java.util.List;

/** Items of a Responses conversation that are of tools which are no functions. */
final class HostedItems {
    static final List<String> ALL = List.of(
            "[{\"type\":\"custom_tool_call\",\"call_id\":\"cu1\",\"name\":\"apply\",\"input\":\"a\\nb\"},"
                    + "{\"type\":\"custom_tool_call_output\",\"call_id\":\"cu1\",\"output\":\"ok\"}]",
            "[{\"type\":\"local_shell_call\",\"id\":\"ls_1\",\"call_id\":\"sh1\",\"status\":\"completed\",\"action\":"
                    + "{\"type\":\"exec\",\"command\":[\"ls\"]}},{\"type\":\"local_shell_call_output\",\"id\":\"sh1\",\"output\":\"x\"}]",
            "[{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}]",
            "[{\"type\":\"tool_search_call\",\"call_id\":\"ts1\",\"execution\":\"client\",\"arguments\":{\"query\":\"b\"}},"
                    + "{\"type\":\"tool_search_output\",\"call_id\":\"ts1\",\"execution\":\"client\",\"tools\":[{\"type\":\"function\","
                    + "\"name\":\"open_page\",\"parameters\":{\"type\":\"object\"}}]}]",
            "[{\"type\":\"agent_message\",\"content\":[{\"type\":\"input_text\",\"text\":\"from another\"}]}]");

    private HostedItems() {}
}
