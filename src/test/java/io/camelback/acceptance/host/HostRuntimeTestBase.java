package io.camelback.acceptance.host;

import io.camelback.simulator.SimulatedProviders;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Camel runtime of someone else's, with nothing of Camelback but its jar on the class path. */
abstract class HostRuntimeTestBase {
    static final Map<String, Object> REQUEST =
            Map.of("model", "premium", "messages", List.of(Map.of("role", "user", "content", "hi")));
    static final String HELLO = "Hello from claude-opus-5-5.";
    final SimulatedProviders lab = SimulatedProviders.start();
    final CamelContext host = new DefaultCamelContext();
    ProducerTemplate template;

    @BeforeEach
    void configure() {
        Properties properties = new Properties();
        properties.putAll(lab.environment());
        host.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() {
        host.stop();
        lab.close();
    }

    void start() {
        host.start();
        template = host.createProducerTemplate();
    }
}
