package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped route files, as an operator reads them. */
class RouteFilesTest {
    private static final int MOST_LINKS = 3;

    /** A route, named for the list of tests. */
    record Route(Path file, JsonNode yaml) {
        String id() {
            return yaml.path("id").asText();
        }

        @Override
        public String toString() {
            return file.getFileName() + " " + id();
        }
    }

    static List<Route> routes() throws IOException {
        List<Route> routes = new ArrayList<>();
        for (Path file : ShippedKameletsTest.files("routes", "")) {
            ShippedKameletsTest.yaml(file).findValues("route").forEach(route -> routes.add(new Route(file, route)));
        }
        return routes;
    }

    static Stream<Route> chains() throws IOException {
        return routes().stream().filter(route -> route.file().startsWith("routes/chains"));
    }

    private static CamelbackConfig config() throws IOException {
        return CamelbackConfigReader.read(
                        Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml", name -> null)
                .config();
    }

    /** The breakers of a route from the outermost inward. */
    private static List<JsonNode> breakers(JsonNode route) {
        List<JsonNode> breakers = new ArrayList<>();
        for (JsonNode breaker = route.at("/from/steps/0/circuitBreaker");
                breaker.isObject();
                breaker = breaker.at("/onFallback/steps/0/circuitBreaker")) {
            breakers.add(breaker);
        }
        return breakers;
    }

    @Test
    void every_file_and_every_route_has_a_name_of_its_own() throws IOException {
        assertThat(ShippedKameletsTest.files("routes", ""))
                .allSatisfy(file -> assertThat(file.toString()).endsWith(".camel.yaml"));
        assertThat(routes().stream().map(Route::id)).doesNotHaveDuplicates().doesNotContain("");
        assertThat(routes().stream()
                        .map(route -> route.yaml().at("/from/uri").asText()
                                + route.yaml()
                                        .at("/from/parameters/httpMethodRestrict")
                                        .asText()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void a_chain_is_called_by_its_id_and_says_what_it_does(Route chain) {
        assertThat(chain.yaml().at("/from/uri").asText()).isEqualTo("direct:" + chain.id());
        assertThat(chain.yaml().path("description").asText()).matches("[A-Z].*\\.");
        assertThat(chain.id()).startsWith(chain.file().getFileName().toString().replace(".camel.yaml", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void a_chain_has_few_links_and_goes_on_to_another(Route chain) throws IOException {
        Set<String> begins = routes().stream()
                .map(route -> route.yaml().at("/from/uri").asText())
                .collect(Collectors.toSet());

        assertThat(breakers(chain.yaml())).hasSizeLessThanOrEqualTo(MOST_LINKS);
        assertThat(chain.yaml().findValuesAsText("to").stream().filter(to -> to.startsWith("direct:")))
                .allMatch(begins::contains);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void a_link_has_one_name_and_is_spoken_to_in_its_dialect(Route chain) throws IOException {
        for (JsonNode breaker : breakers(chain.yaml())) {
            String name =
                    breaker.at("/resilience4jConfiguration/circuitBreaker").asText();
            Deployment deployment =
                    config().deployment(name).orElseThrow(() -> new AssertionError("no deployment " + name));
            assertThat(breaker.path("steps")).hasSize(1);
            assertThat(breaker.at("/steps/0/to").asText()).isEqualTo("kamelet:" + deployment.kamelet() + "/" + name);
        }
    }

    /** A breaker that is open and has no fallback says nothing unless it is told to. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void a_chain_ends_in_an_answer_or_in_an_error(Route chain) {
        for (JsonNode breaker : breakers(chain.yaml())) {
            boolean loud = breaker.at("/resilience4jConfiguration/throwExceptionWhenHalfOpenOrOpenState")
                    .asBoolean();
            assertThat(breaker.has("onFallback") || loud)
                    .as("%s has a fallback or is loud", breaker)
                    .isTrue();
            assertThat(breaker.has("onFallback") && loud)
                    .as("%s is loud without need", breaker)
                    .isFalse();
        }
    }

    @Test
    void every_deployment_has_a_kamelet() throws IOException {
        assertThat(config().deployments().values())
                .allSatisfy(deployment -> assertThat(Path.of("kamelets", deployment.kamelet() + ".kamelet.yaml"))
                        .exists());
    }
}
