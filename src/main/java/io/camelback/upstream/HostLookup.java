package io.camelback.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host. It may block for as long as it likes. */
@FunctionalInterface
public interface HostLookup {
    /** The machine's own. */
    HostLookup SYSTEM = InetAddress::getAllByName;

    /** All addresses, in the order in which they are to be tried. */
    InetAddress[] of(String host) throws UnknownHostException;
}
