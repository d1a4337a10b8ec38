package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.camel.direct.ChatFailedException;
import io.camelback.simulator.SimulatedFault;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A host's own routes beside those of Camelback: which of them wins, and what is left out. */
class HostRoutesTest extends HostRuntimeTestBase {
    @Test
    void the_hosts_own_routes_keep_their_error_handling() throws Exception {
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ChatFailedException.class).handled(true).setBody(simple("sorry: ${exception.error.code}"));
                from("direct:host").to("direct:chat");
            }
        });
        start();

        assertThat(template.requestBody("direct:host", Map.of("model", "nobody"), String.class))
                .isEqualTo("sorry: invalid_request");
    }

    @Test
    void a_host_can_catch_what_the_last_link_of_a_chain_throws() throws Exception {
        lab.anthropic().script().always(SimulatedFault.status(529));
        lab.openAi().script().always(SimulatedFault.status(529));
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:host")
                        .doTry()
                        .to("direct:strict")
                        .doCatch(Exception.class)
                        .setBody(constant("sorry"))
                        .end();
            }
        });
        start();

        assertThat(template.requestBody("direct:host", REQUEST, String.class)).isEqualTo("sorry");
    }

    @Test
    void a_route_of_the_hosts_replaces_the_chain_of_its_name() throws Exception {
        own("direct:premium", "my-premium", "my own chain");
        own("direct:events-of-mine", "events", "my own events");
        own("direct:gpt", "pinned-gpt", "my own gpt");
        start();

        assertThat(template.requestBody("direct:premium", "any", String.class)).isEqualTo("my own chain");
        assertThat(template.requestBody("direct:events-of-mine", "any", String.class))
                .isEqualTo("my own events");
        assertThat(template.requestBody("direct:gpt", "any", String.class)).isEqualTo("my own gpt");
        assertThat(host.getRoute("camelback-events").getEndpoint().getEndpointUri())
                .isEqualTo("direct://event");
        assertThat(template.requestBody("direct:balanced", REQUEST, String.class))
                .contains("claude-sonnet");
    }

    @Test
    void a_host_with_a_direct_chat_of_its_own_keeps_it() throws Exception {
        own("direct:chat", "chat", "my own chat");
        start();

        assertThat(template.requestBody("direct:chat", "any", String.class)).isEqualTo("my own chat");
        assertThat(template.requestBody("direct:premium", REQUEST, String.class))
                .contains(HELLO);
    }

    private void own(String begin, String id, String answer) throws Exception {
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(begin).routeId(id).setBody(constant(answer));
            }
        });
    }

    @Test
    void a_system_property_keeps_it_out_too() {
        System.setProperty("camelback.enabled", "false");
        try {
            start();
        } finally {
            System.clearProperty("camelback.enabled");
        }

        assertThat(host.getRoutes()).isEmpty();
    }

    @Test
    void no_endpoint_is_opened_unasked() {
        start();

        assertThat(host.getRoutes())
                .extracting(route -> route.getEndpoint().getEndpointUri())
                .noneMatch(uri -> uri.startsWith("platform-http"));
    }

    @Test
    void a_host_that_wants_none_of_it_has_none() {
        host.getPropertiesComponent().addInitialProperty("camelback.enabled", "false");
        start();

        assertThat(host.getRoutes()).isEmpty();
        assertThat(host.getRegistry().lookupByName("camelback-admit")).isNull();
    }

    @Test
    void nothing_is_left_running_when_the_host_stops() {
        long others = timers();
        start();
        template.requestBody("direct:chat", REQUEST);
        assertThat(timers()).isGreaterThan(others);

        host.stop();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(timers()).isLessThanOrEqualTo(others);
            assertThat(lab.anthropic().openConnections()).isZero();
        });
    }

    private static long timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("camelback-timers"))
                .count();
    }
}
