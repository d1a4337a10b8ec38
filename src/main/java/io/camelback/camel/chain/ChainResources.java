package io.camelback.camel.chain;

import org.apache.camel.spi.Resource;

/** Tells which route files hold chains. */
public final class ChainResources {
    private ChainResources() {}

    public static boolean isChain(Resource resource) {
        return resource != null && resource.getLocation().replace('\\', '/').contains("/chains/");
    }
}
