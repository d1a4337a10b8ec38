package io.camelback.testkit;

import io.camelback.upstream.HostLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server that says what a test wants, about the hosts that the test names. */
public final class ScriptedNameServer implements HostLookup {
    private final Map<String, HostLookup> hosts = new ConcurrentHashMap<>();

    public void set(String host, HostLookup answer) {
        hosts.put(host, answer);
    }

    /** The host has these addresses. */
    public void set(String host, String... addresses) {
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
        return hosts.getOrDefault(host, HostLookup.SYSTEM).of(host);
    }
}
