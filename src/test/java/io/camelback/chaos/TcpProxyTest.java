package io.camelback.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.simulator.SimulatedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private static final byte[] HELLO = {1, 2, 3};

    private interface Check {
        void run(TcpProxy proxy, Socket caller, Socket callee) throws IOException;
    }

    private static void connected(Check check) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TcpProxy proxy = TcpProxy.to(server.getLocalPort());
                Socket caller = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket callee = server.accept()) {
            check.run(proxy, caller, callee);
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        return socket.getInputStream().readNBytes(HELLO.length);
    }

    @Test
    void passes_bytes_and_ends_on_in_both_directions() throws IOException {
        connected((proxy, caller, callee) -> {
            caller.getOutputStream().write(HELLO);
            assertThat(read(callee)).isEqualTo(HELLO);
            callee.getOutputStream().write(HELLO);
            assertThat(read(caller)).isEqualTo(HELLO);

            caller.shutdownOutput();
            assertThat(callee.getInputStream().read()).isEqualTo(-1);
            callee.getOutputStream().write(HELLO);
            callee.close();
            assertThat(read(caller)).isEqualTo(HELLO);
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
        });
    }

    @Test
    void stalls_and_goes_on() throws IOException {
        connected((proxy, caller, callee) -> {
            proxy.stall();
            caller.getOutputStream().write(HELLO);
            callee.setSoTimeout(200);
            assertThatThrownBy(() -> read(callee)).isInstanceOf(SocketTimeoutException.class);

            callee.setSoTimeout(0);
            proxy.heal();
            assertThat(read(callee)).isEqualTo(HELLO);
        });
    }

    @Test
    void delays() throws IOException {
        connected((proxy, caller, callee) -> {
            proxy.delay(150);
            long sent = System.nanoTime();
            caller.getOutputStream().write(HELLO);
            assertThat(read(callee)).isEqualTo(HELLO);
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        });
    }

    @Test
    void cuts_what_is_open_on_both_sides_and_nothing_else() throws IOException {
        connected((proxy, caller, callee) -> {
            caller.getOutputStream().write(HELLO);
            assertThat(read(callee)).isEqualTo(HELLO);

            proxy.cut();

            assertThatThrownBy(() -> read(caller)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> read(callee)).isInstanceOf(SocketException.class);
            new Socket(InetAddress.getLoopbackAddress(), proxy.port()).close();
        });
    }

    @Test
    void refuses_until_it_is_healed() throws IOException {
        try (SimulatedProvider provider = SimulatedProvider.start("test");
                TcpProxy proxy = TcpProxy.to(provider.port())) {
            proxy.refuse();
            try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                assertThatThrownBy(() -> {
                            refused.getOutputStream().write(HELLO);
                            if (refused.getInputStream().read() < 0) {
                                throw new SocketException("closed");
                            }
                        })
                        .isInstanceOf(SocketException.class);
            }
            assertThat(provider.accepted()).isZero();

            proxy.heal();
            try (Socket taken = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                taken.getOutputStream().write("hello\r\n".getBytes());
                assertThat(new String(taken.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 400");
            }
        }
    }
}
