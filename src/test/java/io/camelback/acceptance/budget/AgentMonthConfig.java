package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.GatewayTestCase;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layers of an agent, as the comment in config/camelback.yaml describes them. */
final class AgentMonthConfig {
    static final List<String> DEPLOYMENTS =
            List.of("openai-4o-mini", "gemini-flash", "deepseek", "glm-nano", "minimax", "claude-haiku", "openai-4o");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#   ([\\w-]+): \\{ \\.\\.\\., (.*) }$");

    private AgentMonthConfig() {}

    /** The configuration's own comment says how an agent's layers are capped: this does what it says. */
    static String asDescribed(String shipped) {
        String config = GatewayTestCase.withoutRetries(GatewayTestCase.patient(shipped, Duration.ofSeconds(20)));
        Matcher example = EXAMPLE.matcher(shipped);
        int found = 0;
        while (example.find()) {
            if (!DEPLOYMENTS.contains(example.group(1)) || example.group(2).contains("...")) {
                continue;
            }
            found++;
            String begin = "\n  " + example.group(1) + ":\n";
            for (String line : example.group(2).split(", (?=(price|limits|budget): )")) {
                int at = config.indexOf(begin) + begin.length();
                int end = config.indexOf("\n\n", at) < 0 ? config.length() : config.indexOf("\n\n", at);
                Matcher next = Pattern.compile("(?m)^  \\S").matcher(config).region(at, end);
                int last = next.find() ? next.start() : end;
                String block =
                        config.substring(at, last).replaceAll("(?m)^    " + line.replaceAll(":.*", "") + ": .*\\R", "");
                config = config.substring(0, at) + "    " + line + "\n" + block + config.substring(last);
            }
        }
        assertThat(found).isEqualTo(5);
        Matcher layers = Pattern.compile("(?m)^#   layers:\\R(?:#     .*\\R)+").matcher(shipped);
        assertThat(layers.find()).isTrue();
        return config.replace(
                "\naliases:\n",
                "\n" + layers.group().replaceAll("(?m)^#   ", "") + "budgets: { zone: Europe/Berlin }\naliases:\n");
    }
}
