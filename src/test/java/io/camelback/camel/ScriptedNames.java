package io.camelback.camel;

import io.camelback.http.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server that says what a test wants, about the hosts that the test names. */
final class ScriptedNames implements Lookup {
    private final Map<String, Lookup> hosts = new ConcurrentHashMap<>();

    void set(String host, Lookup answer) {
        hosts.put(host, answer);
    }

    /** The host has these addresses. */
    void set(String host, String... addresses) {
        set(host, name -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }

    @Override
    public InetAddress[] of(String host) throws UnknownHostException {
        return hosts.getOrDefault(host, Lookup.SYSTEM).of(host);
    }
}
