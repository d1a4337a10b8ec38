package io.camelback.camel;

import io.camelback.config.Routing;
import java.util.Map;
import org.apache.camel.spi.PropertiesSource;

/** What route files may say of {@code routing} in the configuration: {@code {{routing.threshold}}}. */
final class RoutingProperties implements PropertiesSource {
    private final Map<String, String> properties;

    RoutingProperties(Routing routing) {
        properties = Map.of("routing.threshold", routing.threshold().toPlainString());
    }

    @Override
    public String getName() {
        return "camelback-routing";
    }

    @Override
    public String getProperty(String name) {
        return properties.get(name);
    }
}
