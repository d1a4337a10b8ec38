package io.camelback.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.chain.ChainTopology;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.config.yaml.YamlNode;
import io.camelback.routing.graph.RouteGraph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A route that Camel has loaded, and the same route as YAML, lead to the same deployments in the same order. */
class RouteGraphTest {
    private static final CamelbackConfig CONFIG =
            CamelbackConfigReader.read("""
            deployments:
              a: { provider: local, model: a }
              b: { provider: local, model: b }
              c: { provider: local, model: c }
            """, "test", name -> null).config();

    static Stream<Arguments> chains() {
        return Stream.of(
                chain("one link", List.of("a"), "- to: kamelet:openai-chat-action/a"),
                chain("parameters are no part of a name", List.of("a"), "- to: kamelet:openai-chat-action/a?x=y"),
                chain("a deployment by its own name", List.of("b"), "- to: direct:b"),
                chain("a Kamelet as a step of its own", List.of("c"), "- kamelet: { name: openai-chat-action/c }"),
                chain("another chain", List.of("b", "a"), "- to: direct:behind"),
                chain("a chain that comes back", List.of("a"), "- to: direct:chain", "- to: direct:a"),
                chain("no deployment of ours", List.of(), "- to: log:here", "- to: kamelet:other-action/nobody"),
                chain(
                        "a breaker and its fallback",
                        List.of("a", "b", "a"),
                        "- circuitBreaker:",
                        "    steps: [ { to: 'kamelet:openai-chat-action/a' } ]",
                        "    onFallback: { steps: [ { to: 'direct:behind' } ] }"),
                chain(
                        "every branch of a choice",
                        List.of("c", "a", "b"),
                        "- choice:",
                        "    when:",
                        "      - { simple: '${body} == 1', steps: [ { to: 'direct:c' } ] }",
                        "      - { simple: '${body} == 2', steps: [ { to: 'direct:a' } ] }",
                        "    otherwise: { steps: [ { to: 'direct:b' } ] }"),
                chain(
                        "a load balancer",
                        List.of("c", "a"),
                        "- loadBalance:",
                        "    roundRobinLoadBalancer: {}",
                        "    steps: [ { to: 'direct:c' }, { to: 'direct:a' } ]"),
                chain(
                        "a filter in a filter",
                        List.of("b"),
                        "- filter:",
                        "    simple: '${body} == 1'",
                        "    steps:",
                        "      - filter: { simple: '${body} == 1', steps: [ { to: 'direct:b' } ] }"),
                chain(
                        "a fixed answer, which is no deployment",
                        List.of("a"),
                        "- to: direct:a",
                        "- to: kamelet:degraded-answer-action"));
    }

    private static Arguments chain(String what, List<String> deployments, String... steps) {
        String behind = "- from: { uri: direct:behind, steps: [ { to: direct:b }, { to: direct:a } ] }\n";
        return Arguments.of(
                what,
                deployments,
                "- from:\n    uri: direct:chain\n    steps:\n      " + String.join("\n      ", steps) + "\n" + behind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void chains(String what, List<String> deployments, String yaml) throws Exception {
        List<RouteSource> sources = RouteSource.of("routes/chains/chain.camel.yaml", YamlNode.parse(yaml));

        assertThat(asYaml(CONFIG, sources, "chain")).isEqualTo(deployments);
        assertThat(asCamelHasIt(CONFIG, List.of(resource("chain.camel.yaml", yaml)), "chain"))
                .isEqualTo(deployments.stream().distinct().toList());
    }

    @Test
    void all_that_is_shipped() throws Exception {
        CamelbackConfig config = CamelbackConfigReader.read(
                        Files.readString(Path.of("config/camelback.yaml")),
                        "test",
                        name -> name.endsWith("_API_KEY") ? "key" : null)
                .config();
        List<RouteSource> sources = new ArrayList<>();
        List<Resource> resources = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("routes/chains"))) {
            for (Path file : files.sorted().toList()) {
                String yaml = Files.readString(file);
                sources.addAll(RouteSource.of(file.toString(), YamlNode.parse(yaml)));
                resources.add(resource(file.getFileName().toString(), yaml));
            }
        }

        assertThat(sources)
                .hasSizeGreaterThan(5)
                .allSatisfy(route -> assertThat(
                                asYaml(config, sources, route.begins()).stream().distinct())
                        .as(route.begins())
                        .isNotEmpty()
                        .containsExactlyElementsOf(asCamelHasIt(config, resources, route.begins())));
    }

    private static List<String> asYaml(CamelbackConfig config, List<RouteSource> sources, String chain) {
        RouteGraph<RouteSource, RouteStep> graph = new RouteGraph<>(config, sources);
        return graph.links(graph.route(chain).orElseThrow()).stream()
                .map(RouteGraph.Link::deployment)
                .filter(Objects::nonNull)
                .map(Deployment::name)
                .toList();
    }

    private static List<String> asCamelHasIt(CamelbackConfig config, List<Resource> resources, String chain)
            throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
            return new ChainTopology(config, context.getRouteDefinitions())
                    .deployments(chain).stream().map(Deployment::name).toList();
        }
    }

    private static Resource resource(String name, String yaml) {
        return ResourceHelper.fromBytes(name, yaml.getBytes(StandardCharsets.UTF_8));
    }
}
