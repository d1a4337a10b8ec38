package io.camelback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/camelback} in a checkout of its own, with JDKs and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String NEWEST = "99";

    @TempDir
    Path folder;

    private Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    private record Ran(int exit, String out) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(folder.toRealPath().resolve("check out"));
        Files.createDirectories(checkout.resolve("bin"));
        Files.createDirectories(checkout.resolve("src/main/java"));
        Files.copy(Path.of("bin/camelback"), checkout.resolve("bin/camelback"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        executable(folder.resolve("tools/mvn"), "echo \"mvn $* JAVA_HOME=$JAVA_HOME\"; : > target/camelback.jar");
        environment.put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        environment.put("HOME", folder.resolve("nobody").toString());
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @param release the first line of its release file; null when it has none and only its command tells */
    private Path jdk(Path home, String version, String release) throws IOException {
        executable(
                home.resolve("bin/java"),
                "[ \"$1\" = -version ]"
                        + " && { echo 'openjdk version \"" + version + "\"' >&2; exit; }\n"
                        + "echo \"java " + version + " $* CAMELBACK_HOME=$CAMELBACK_HOME\"");
        executable(home.resolve("bin/javac"), "exit 1");
        if (release != null) {
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\n" + release + "\n");
        }
        return home;
    }

    private Path jdk(Path home, String version) throws IOException {
        return jdk(home, version, "JAVA_VERSION=\"" + version + "\"");
    }

    private void built() throws IOException {
        Files.createDirectories(checkout.resolve("target"));
        Files.writeString(checkout.resolve("target/camelback.jar"), "");
    }

    private Ran run(Path launcher, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        return new Ran(process.waitFor(), out);
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return run(checkout.resolve("bin/camelback"), arguments);
    }

    @Test
    void runs_the_jar_with_the_arguments_as_they_are() throws Exception {
        built();
        environment.put("CAMELBACK_JAVA", jdk(folder.resolve("j"), "17.0.1") + "/bin/java");
        environment.put("JAVA_OPTS", "-Da=1");
        environment.put("CAMELBACK_OPTS", "-Db=2 -Dc=3");

        assertThat(run("demo", "--home", "a b"))
                .isEqualTo(new Ran(
                        0,
                        "java 17.0.1 -XX:+UseSerialGC -Xms96m -XX:MaxRAMPercentage=50"
                                + " -XX:MaxHeapFreeRatio=50 -XX:-ShrinkHeapInSteps -Xss512k -Dio.netty.allocator.cacheTrimIntervalMillis=5000"
                                + " -Da=1 -Db=2 -Dc=3 -jar " + checkout + "/target/camelback.jar demo --home a b"
                                + " CAMELBACK_HOME=" + checkout + "\n"));
    }

    @Test
    void a_newer_jdk_gets_the_flags_it_knows() throws Exception {
        built();
        environment.put("CAMELBACK_JAVA", jdk(folder.resolve("j"), "25") + "/bin/java");

        assertThat(run().out()).contains("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void the_newest_of_all_is_taken_wherever_it_is() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk(folder.resolve("old"), "1.8.0_402").toString());
        jdk(folder.resolve("nobody/.sdkman/candidates/java/mid"), "98.0.2");
        jdk(folder.resolve("nobody/.sdkman/candidates/java/new"), NEWEST + "-ea", null);

        assertThat(run().out()).startsWith("java " + NEWEST + "-ea ");
    }

    @Test
    void symlinks_lead_to_the_checkout_and_to_the_jdk() throws Exception {
        built();
        Path real = jdk(folder.resolve("real"), NEWEST);
        Files.createSymbolicLink(folder.resolve("tools/java"), real.resolve("bin/java"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("tools/camelback"));
        Files.createSymbolicLink(folder.resolve("tools/camelback"), checkout.resolve("bin/camelback"));
        environment.put("CAMELBACK_HOME", "/elsewhere");

        assertThat(run(link).out())
                .startsWith("java " + NEWEST + " ")
                .contains(checkout + "/target/camelback.jar")
                .endsWith("CAMELBACK_HOME=/elsewhere\n");
    }

    @Test
    void builds_once_and_again_only_when_the_sources_are_newer() throws Exception {
        environment.put("JAVA_HOME", jdk(folder.resolve("j"), NEWEST).toString());
        String building =
                "Building Camelback (once; a minute or two)...\nmvn -B -q -Dmaven.test.skip=true -Dassembly.skipAssembly=true package JAVA_HOME=";

        assertThat(run().out()).startsWith(building + folder.toRealPath().resolve("j") + "\njava " + NEWEST);
        assertThat(run().out()).startsWith("java " + NEWEST);

        for (String source : List.of("pom.xml", "src/main/java/A.java")) {
            Files.writeString(checkout.resolve(source), "new");
            Files.setLastModifiedTime(checkout.resolve("target/camelback.jar"), FileTime.from(Instant.EPOCH));
            assertThat(run().out()).as(source).startsWith(building);
        }
        assertThat(checkout.resolve("target")).isDirectoryNotContaining("glob:**camelback-build");
    }

    @Test
    void a_failed_build_ends_it_and_leaves_no_lock() throws Exception {
        environment.put("JAVA_HOME", jdk(folder.resolve("j"), NEWEST).toString());
        executable(folder.resolve("tools/mvn"), "echo broken; exit 1");

        assertThat(run())
                .isEqualTo(new Ran(
                        1,
                        "Building Camelback (once; a minute or two)...\nbroken\n"
                                + "camelback: the build failed; Maven has said why above.\n"));
        assertThat(checkout.resolve("target")).isEmptyDirectory();
    }

    @Test
    void the_lock_of_a_build_that_died_is_broken() throws Exception {
        environment.put("JAVA_HOME", jdk(folder.resolve("j"), NEWEST).toString());
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve("target/.camelback-build"));
        Files.writeString(checkout.resolve("target/.camelback-build/pid"), String.valueOf(dead.pid()));

        assertThat(run().out()).startsWith("Building");
    }

    @Test
    void a_java_that_is_too_old_is_named() throws Exception {
        built();
        environment.put("CAMELBACK_JAVA", jdk(folder.resolve("j"), "11.0.2") + "/bin/java");

        assertThat(run().out())
                .isEqualTo("camelback: Java 17 or newer is needed, but " + folder.resolve("j/bin/java")
                        + " is Java 11. Install a newer one, or name it with JAVA_HOME or CAMELBACK_JAVA.\n");
    }

    @Test
    void a_command_that_is_none_is_named() throws Exception {
        built();
        environment.put("CAMELBACK_JAVA", "/no/java");

        assertThat(run()).isEqualTo(new Ran(1, "camelback: CAMELBACK_JAVA is /no/java, which is no command.\n"));
    }
}
