package io.camelback.config;

import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import java.time.Duration;

/**
 * Limits on client connections of each HTTP port.
 *
 * @param keepAlive how long a connection stays open without a request, above zero
 * @param most how many may be open at once, from 1; who comes when there are as many is told so and disconnected
 */
public record ConnectionLimits(Duration keepAlive, int most) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(Duration.ofSeconds(75), 10_000);

    public static ConnectionLimits read(YamlSection server) {
        return new ConnectionLimits(
                server.read("keep-alive", ValueParsers.TIMER, DEFAULT.keepAlive),
                server.read("max-connections", ValueParsers.whole(1, 1_000_000), DEFAULT.most));
    }
}
