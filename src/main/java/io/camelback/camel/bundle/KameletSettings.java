package io.camelback.camel.bundle;

import io.camelback.camel.inbound.ProviderTokenCounter;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;

/** Tells Camel's Kamelet component where the Kamelets are, and which properties each deployment gives them. */
final class KameletSettings {
    private KameletSettings() {}

    static void apply(CamelContext context, BundleLocation files, CamelbackConfig config) {
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation(files.kameletsBeside(kamelets.getLocation()));
        kamelets.setNoErrorHandler(true);
        Map<String, Properties> properties = kamelets.getRouteProperties() == null
                ? new LinkedHashMap<>()
                : new LinkedHashMap<>(kamelets.getRouteProperties());
        for (Deployment deployment : config.deployments().values()) {
            properties.put(deployment.name(), of(deployment));
            if (ProviderTokenCounter.of(deployment).isPresent()) {
                properties.put(ProviderTokenCounter.route(deployment), of(deployment));
            }
        }
        kamelets.setRouteProperties(properties);
    }

    private static Properties of(Deployment deployment) {
        Properties properties = new Properties();
        properties.setProperty("deployment", deployment.name());
        properties.setProperty("baseUrl", deployment.provider().baseUrl());
        properties.setProperty(
                "apiKey",
                deployment.provider().apiKey() == null
                        ? ""
                        : deployment.provider().apiKey());
        properties.setProperty(
                "connectTimeout", String.valueOf(deployment.timeouts().connect().toMillis()));
        return properties;
    }
}
