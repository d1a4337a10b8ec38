package io.camelback;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which, and how types are named. */
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final int MOST_TYPES = 25;
    private static final int MOST_LINES = 300;
    private static final String[] PROGRAM = {"io.camelback", "io.camelback.cli..", "io.camelback.server.."};
    private static final String[] CAMEL = {"io.camelback.camel.."};
    private static final String[] TELEMETRY = {"io.camelback.telemetry.."};
    private static final String[] PERSISTENCE = {
        "io.camelback.report..",
        "io.camelback.clientkey..",
        "io.camelback.budget..",
        "io.camelback.quota..",
        "io.camelback.ledger.."
    };
    private static final String[] TOOLS = {"io.camelback.lint..", "io.camelback.simulator.."};
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Camelback.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "no package circles",
                        slices().matching("io.camelback.(**)").should().beFreeOfCycles()),
                rule(
                        "the core uses no other storey",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(join(PROGRAM, CAMEL, TELEMETRY, PERSISTENCE, TOOLS))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(join(PROGRAM, CAMEL, TELEMETRY, PERSISTENCE, TOOLS))),
                rule(
                        "persistence uses only the core",
                        noClasses()
                                .that()
                                .resideInAnyPackage(PERSISTENCE)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(join(PROGRAM, CAMEL, TELEMETRY, TOOLS))),
                rule(
                        "telemetry uses persistence and the core",
                        noClasses()
                                .that()
                                .resideInAnyPackage(TELEMETRY)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(join(PROGRAM, CAMEL, TOOLS))),
                rule(
                        "camel uses no program and no tool",
                        noClasses()
                                .that()
                                .resideInAnyPackage(CAMEL)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(join(PROGRAM, TOOLS))),
                rule(
                        "the server does not use the command line",
                        noClasses()
                                .that()
                                .resideInAPackage("io.camelback.server..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.camelback.cli..")),
                rule(
                        "simulator and lint use only the core",
                        noClasses()
                                .that()
                                .resideInAnyPackage(TOOLS)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(join(PROGRAM, CAMEL, TELEMETRY, PERSISTENCE))),
                rule(
                        "Camel only in camel, server and cli",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(join(PROGRAM, CAMEL))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.apache.camel..")),
                rule(
                        "Vert.x only in camel.inbound and server",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("io.camelback.camel.inbound..", "io.camelback.server..")
                                .and()
                                .doNotHaveFullyQualifiedName("io.camelback.camel.request.RequestBodyReader")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.vertx..")),
                rule(
                        "Logback only in server",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("io.camelback.server..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("ch.qos.logback..")),
                rule(
                        "JDBC only in persistence",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(PERSISTENCE)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("java.sql..", "javax.sql..")),
                rule("chat uses Jackson", only("chat", resideInAnyPackage(JDK, JACKSON))),
                rule(
                        "protocol uses the chat model and JSON",
                        only(
                                "protocol",
                                resideInAnyPackage(JDK, JACKSON, "io.camelback.chat..", "io.camelback.json.."))),
                rule(
                        "failure uses chat, protocol and what breaks a connection",
                        only(
                                "failure",
                                resideInAnyPackage(
                                        JDK,
                                        "javax.net..",
                                        JACKSON,
                                        "io.camelback.chat..",
                                        "io.camelback.protocol..",
                                        "io.camelback.json..",
                                        "io.camelback.memory..",
                                        "org.apache.hc.."))),
                rule(
                        "upstream uses chat, failure and the HTTP client",
                        only(
                                "upstream",
                                resideInAnyPackage(
                                        JDK,
                                        "javax.net..",
                                        "io.camelback.chat..",
                                        "io.camelback.concurrent..",
                                        "io.camelback.config..",
                                        "io.camelback.failure..",
                                        "io.camelback.memory..",
                                        "org.apache.hc.."))),
                rule(
                        "the simulator uses JSON and how usage is counted",
                        only(
                                "simulator",
                                resideInAnyPackage(JDK, JACKSON, "io.camelback.json..")
                                        .or(named("io.camelback.chat.Usage")))),
                rule("nobody prints past the log and the command line", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),
                rule(
                        "only the file watcher and the demo wait for time to pass",
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName("io.camelback.server.reload.ReloadingGateway")
                                .and()
                                .resideOutsideOfPackage("io.camelback.cli..")
                                .should()
                                .callMethod(TimeUnit.class, "sleep", long.class)),
                rule(
                        "no thread sleeps",
                        noClasses()
                                .should()
                                .callMethod(Thread.class, "sleep", long.class)
                                .orShould()
                                .callMethod(Thread.class, "sleep", long.class, int.class)),
                rule(
                        "exceptions end in Exception",
                        classes()
                                .that()
                                .areAssignableTo(Throwable.class)
                                .should()
                                .haveSimpleNameEndingWith("Exception")),
                rule(
                        "Camel processors end in Processor",
                        classes()
                                .that()
                                .areAssignableTo(Processor.class)
                                .and()
                                .areNotAssignableTo(LoadBalancer.class)
                                .and()
                                .areNotAnonymousClasses()
                                .and()
                                .haveNameNotMatching(".*\\$\\d+")
                                .should()
                                .haveSimpleNameEndingWith("Processor")));
    }

    private static Arguments rule(String what, ArchRule rule) {
        return Arguments.of(what, rule);
    }

    private static String[] join(String[]... packages) {
        return Stream.of(packages).flatMap(Stream::of).toArray(String[]::new);
    }

    private static ArchRule only(String ours, DescribedPredicate<JavaClass> known) {
        String itself = "io.camelback." + ours + "..";
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat(known.or(resideInAnyPackage(itself)));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe("class " + name, one -> one.getName().equals(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rules(String what, ArchRule rule) {
        rule.check(MAIN);
    }

    @Test
    void no_package_has_more_than_25_types() {
        Map<String, Long> types = MAIN.stream()
                .filter(one ->
                        !one.getName().contains("$") && !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    private static List<Path> sources(String... roots) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void no_file_has_more_than_300_lines() throws IOException {
        Map<String, Integer> longer = new TreeMap<>();
        for (Path source : sources("src/main/java", "src/test/java")) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES) {
                longer.put(source.toString(), lines);
            }
        }

        assertThat(longer).isEmpty();
    }

    @Test
    void no_simple_name_stands_twice() throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        sources("src/main/java", "src/test/java").stream()
                .filter(path -> !path.endsWith("package-info.java"))
                .forEach(path -> names.computeIfAbsent(path.getFileName().toString(), any -> new ArrayList<>())
                        .add(path.toString()));
        names.values().removeIf(paths -> paths.size() == 1);

        assertThat(names).isEmpty();
    }

    @Test
    void all_of_main_is_looked_at() {
        assertThat(MAIN.size()).isGreaterThan(200);
        assertThat(MAIN.contain("io.camelback.server.reload.ReloadingGateway")).isTrue();
        assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    }
}
