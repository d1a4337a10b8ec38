package io.camelback.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of an authority of their own, made by the JDK's keytool: one context for the server, one for who trusts
 * it.
 */
public record TestCertificates(SSLContext server, SSLContext trusting) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** For 127.0.0.1 and localhost, valid today. */
    public static TestCertificates good() {
        return make("-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2");
    }

    public static TestCertificates forAnotherHost() {
        return make("-ext", "san=dns:elsewhere.example", "-validity", "2");
    }

    public static TestCertificates expired() {
        return make("-ext", "san=ip:127.0.0.1,dns:localhost", "-startdate", "-3d", "-validity", "1");
    }

    private static TestCertificates make(String... how) {
        try {
            Path folder = Files.createTempDirectory("certificate");
            Path file = folder.resolve("keys.p12");
            try {
                keytool(file, "ca", "-ext", "bc:c");
                keytool(file, "test", signed(how));
                KeyStore keys = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    keys.load(in, PASSWORD);
                }
                return of(keys);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] signed(String... how) {
        return Stream.concat(Stream.of("-signer", "ca"), Arrays.stream(how)).toArray(String[]::new);
    }

    private static void keytool(Path file, String alias, String... how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(how));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static TestCertificates of(KeyStore keys) throws GeneralSecurityException, IOException {
        Certificate authority = keys.getCertificate("ca");
        keys.deleteEntry("ca");
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(own.getKeyManagers(), null, null);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        return new TestCertificates(server, trusting);
    }
}
