package io.camelback.camel;

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

/** A shipped chain alone, in a Camel context that knows nothing of Camelback: a route of plain EIPs, as an operator reads it. */
class ChainInAnyContextTest extends CamelTestSupport {
    private static final List<String> LINKS = List.of("claude-opus", "gpt", "gemini-pro");

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind(CamelbackPlugin.INSTALLED, Boolean.TRUE);
        LINKS.forEach(link -> context.getRegistry().bind(link, CircuitBreaker.ofDefaults(link)));
        return context;
    }

    @Override
    public String isMockEndpointsAndSkip() {
        return "kamelet:*|direct:balanced";
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                PluginHelper.getRoutesLoader(context()).loadRoutes(PluginHelper.getResourceLoader(context())
                        .resolveResource("file:" + Path.of("routes/chains/premium.camel.yaml").toAbsolutePath()));
            }
        };
    }

    @Test
    void no_other_link_is_asked_when_the_first_one_answers() throws Exception {
        mock("anthropic-chat-action/claude-opus").expectedBodiesReceived("the question");
        mock("openai-chat-action/gpt").expectedMessageCount(0);
        mock("gemini-chat-action/gemini-pro").expectedMessageCount(0);
        getMockEndpoint("mock:direct:balanced").expectedMessageCount(0);

        template.requestBody("direct:premium", "the question");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void when_all_links_have_failed_the_next_chain_gets_the_question() throws Exception {
        for (String link : List.of("anthropic-chat-action/claude-opus", "openai-chat-action/gpt", "gemini-chat-action/gemini-pro")) {
            mock(link).whenAnyExchangeReceived(exchange -> {
                throw new IllegalStateException("down");
            });
        }
        getMockEndpoint("mock:direct:balanced").expectedBodiesReceived("the question");

        template.requestBody("direct:premium", "the question");

        MockEndpoint.assertIsSatisfied(context);
    }

    private MockEndpoint mock(String kamelet) {
        return getMockEndpoint("mock:kamelet:" + kamelet);
    }
}
