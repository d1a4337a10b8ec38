package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/**
 * A shipped chain alone, in a Camel context that knows nothing of Camelback: a route of plain EIPs, as an operator
 * reads it.
 */
class ChainInAnyContextTest extends CamelTestSupport {
    private static final List<String> KAMELETS =
            List.of("anthropic-chat-action", "openai-chat-action", "gemini-chat-action");

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getPropertiesComponent().addInitialProperty("camelback.enabled", "false");
        for (String link : List.of("claude-opus", "gpt", "gemini-pro")) {
            context.getRegistry().bind(link, CircuitBreaker.ofDefaults(link));
        }
        return context;
    }

    /** The chain as it is shipped; its Kamelets and the chain after it are mocks. */
    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                for (String kamelet : KAMELETS) {
                    routeTemplate(kamelet).from("kamelet:source").to("mock:" + kamelet);
                }
                from("direct:balanced").to("mock:balanced");
                PluginHelper.getRoutesLoader(getContext())
                        .loadRoutes(PluginHelper.getResourceLoader(getContext())
                                .resolveResource("file:"
                                        + Path.of("routes/chains/premium.camel.yaml")
                                                .toAbsolutePath()));
            }
        };
    }

    @Test
    void each_link_is_asked_only_when_those_before_it_have_failed() throws Exception {
        down("anthropic-chat-action");
        getMockEndpoint("mock:openai-chat-action")
                .whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody("from GPT"));
        getMockEndpoint("mock:gemini-chat-action").expectedMessageCount(0);
        getMockEndpoint("mock:balanced").expectedMessageCount(0);

        assertThat(template.requestBody("direct:premium", "the question", String.class))
                .isEqualTo("from GPT");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void when_all_links_have_failed_the_next_chain_gets_the_question() throws Exception {
        KAMELETS.forEach(this::down);
        getMockEndpoint("mock:balanced").expectedBodiesReceived("the question");

        template.requestBody("direct:premium", "the question");

        MockEndpoint.assertIsSatisfied(context);
    }

    private void down(String kamelet) {
        getMockEndpoint("mock:" + kamelet).whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("down");
        });
    }
}
