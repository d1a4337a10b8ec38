package io.camelback.camel.bundle;

import io.camelback.config.RoutingSettings;
import java.util.Map;
import org.apache.camel.spi.PropertiesSource;

/** What route files may say of {@code routing} in the configuration: {@code {{routing.threshold}}}. */
final class RoutingPropertiesSource implements PropertiesSource {
    private final Map<String, String> properties;

    RoutingPropertiesSource(RoutingSettings routing) {
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
