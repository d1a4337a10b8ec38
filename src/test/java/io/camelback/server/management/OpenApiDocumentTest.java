package io.camelback.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.RunningGateway;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** /openapi.json is OpenAPI, and says of both ports what the routes and the program's error codes say, and no more. */
class OpenApiDocumentTest {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");
    private static final Pattern ERROR = Pattern.compile("GatewayError(?:\\.of)?\\(\\s*(\\d{3}),\\s*\"([a-z_]+)\"");
    /** The page of the dashboard at / of the management port: the path is the API's liveness in the document. */
    private static final String DASHBOARD_PAGE = "GET /";

    private static final JsonNode DOCUMENT = document();

    @Test
    void is_openapi_with_nothing_to_complain_about() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setValidateInternalRefs(true);
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(new String(resource(), StandardCharsets.UTF_8), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths())
                .hasSize(DOCUMENT.path("paths").size());
    }

    @Test
    void a_broken_document_is_complained_about() {
        String broken = new String(resource(), StandardCharsets.UTF_8)
                .replace("\"openapi\": \"3.1.0\"", "\"openapi\": \"3.1.0\", \"no-such-field\": 1")
                .replace("#/components/schemas/MessageTokenCount", "#/components/schemas/Nowhere");
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setValidateInternalRefs(true);

        assertThat(new OpenAPIV3Parser().readContents(broken, null, options).getMessages())
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        Set<String> used = new TreeSet<>();
        DOCUMENT.findValuesAsText("$ref").forEach(used::add);
        Set<String> defined = new TreeSet<>();
        DOCUMENT.path("components").properties().forEach(group -> {
            if (!group.getKey().equals("securitySchemes")) {
                group.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> defined.add("#/components/" + group.getKey() + "/" + name));
            }
        });

        assertThat(used).isEqualTo(defined);
    }

    @Test
    void every_operation_has_an_id_of_its_own() {
        assertThat(DOCUMENT.path("paths").findValuesAsText("operationId"))
                .hasSize(operations(path -> true).size())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_api_port_s_routes_are_the_documents() throws IOException {
        Set<String> routes = apiRoutes();
        Set<String> unknown = new TreeSet<>();
        Set<String> unnamed = new TreeSet<>(routes);
        for (String operation : operations(path -> !path.has("servers"))) {
            // Google's paths go on with :generateContent and the like, which one route tells apart.
            String route = operation.replaceFirst("\\}:\\w+$", "}");
            if (!unnamed.remove(route) && !routes.contains(route)) {
                unknown.add(operation);
            }
        }

        assertThat(unknown).as("in the document and in no route").isEmpty();
        assertThat(unnamed).as("in a route and not in the document").isEmpty();
    }

    private static Set<String> apiRoutes() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
                JsonNode routes =
                        Json.of(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
                for (JsonNode route : routes) {
                    JsonNode from = route.at("/route/from");
                    String uri = from.path("uri").asText();
                    if (uri.startsWith("platform-http:")) {
                        for (String method : from.at("/parameters/httpMethodRestrict")
                                .asText()
                                .split(",")) {
                            found.add(method + " " + uri.substring("platform-http:".length()));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void the_management_port_s_routes_are_the_documents_and_it_serves_the_document(@TempDir Path home)
            throws Exception {
        try (RunningGateway gateway = RunningGateway.start(home)) {
            Set<String> served = new TreeSet<>();
            for (String route : gateway.standalone.managementRoutes()) {
                served.add(route.startsWith("GET /dashboard/") ? "GET /dashboard/{file}" : route);
            }
            served.remove(DASHBOARD_PAGE);
            assertThat(served).isEqualTo(operations(path -> path.has("servers")));

            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.standalone.managementPort()
                                            + "/openapi.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.body()).isEqualTo(resource());
        }
    }

    /** Codes are literals where errors are made; what comes through of a provider's own codes is not among them. */
    @Test
    void the_error_codes_of_each_status_are_the_programs() throws IOException {
        Map<String, Set<String>> made = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                Matcher error = ERROR.matcher(Files.readString(file));
                while (error.find()) {
                    made.computeIfAbsent(error.group(1), status -> new TreeSet<>())
                            .add(error.group(2));
                }
            }
        }
        made.remove("499"); // Nobody is there to read it.
        Map<String, Set<String>> told = new TreeMap<>();
        DOCUMENT.at("/components/responses").properties().forEach(response -> {
            Set<String> codes =
                    told.computeIfAbsent(response.getKey().replaceAll("\\D", ""), status -> new TreeSet<>());
            response.getValue().path("x-codes").forEach(code -> codes.add(code.asText()));
        });

        assertThat(told).isEqualTo(made);
    }

    /** As {@code GET /v1/models}. */
    private static Set<String> operations(Predicate<JsonNode> which) {
        List<String> found = new ArrayList<>();
        DOCUMENT.path("paths").properties().forEach(path -> {
            if (which.test(path.getValue())) {
                path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        found.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                });
            }
        });
        return new TreeSet<>(found);
    }

    private static JsonNode document() {
        try {
            return Json.read(resource());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream(OpenApiDocument.RESOURCE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
