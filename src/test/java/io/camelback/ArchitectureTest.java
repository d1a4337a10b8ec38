package io.camelback;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which. */
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Camelback.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("only camel and cli know Camel and Vert.x", noClasses().that()
                        .resideOutsideOfPackages("io.camelback.camel..", "io.camelback.cli..")
                        .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "io.vertx..")),
                rule("nothing but cli and the program itself knows camel", noClasses().that()
                        .resideOutsideOfPackages("io.camelback", "io.camelback.camel..", "io.camelback.cli..")
                        .should().dependOnClassesThat().resideInAPackage("io.camelback.camel..")),
                rule("chat knows Jackson", knows("chat", JDK, JACKSON)),
                rule("dialect knows chat", knows("dialect", JDK, JACKSON, "io.camelback.chat..")),
                rule("failure knows chat, dialect and what breaks a connection", only("failure",
                        resideInAnyPackage(JDK, "javax.net..", JACKSON, "io.camelback.chat..", "io.camelback.dialect..",
                                "org.apache.hc..").or(named("io.camelback.http.SseTooLarge"))
                                .or(named("io.camelback.http.MemoryShortage"))
                                .or(named("io.camelback.http.UnpackedTooLarge")))),
                rule("http knows chat, memory and the HTTP client", knows("http", JDK, "javax.net..", "io.camelback.chat..",
                        "io.camelback.memory..", "org.apache.hc..")),
                rule("memory knows nothing", knows("memory", JDK)),
                rule("lab knows JSON and how usage is counted", only("lab", resideInAnyPackage(JDK, JACKSON)
                        .or(named("io.camelback.dialect.Json")).or(named("io.camelback.chat.Usage")))),
                rule("a dialect that borrows from another lends it nothing",
                        slices().matching("io.camelback.dialect.(*)..").should().beFreeOfCycles()),
                rule("no package needs itself", slices().matching("io.camelback.(*)..").should().beFreeOfCycles()),
                rule("nobody prints past the log and the command line", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS),
                rule("only the watcher and the demo wait for time to pass", noClasses().that()
                        .doNotHaveFullyQualifiedName("io.camelback.camel.Gateway")
                        .and().resideOutsideOfPackage("io.camelback.cli").should().callMethod(TimeUnit.class, "sleep", long.class)),
                rule("no thread sleeps", noClasses().should().callMethod(Thread.class, "sleep", long.class)
                        .orShould().callMethod(Thread.class, "sleep", long.class, int.class)));
    }

    private static Arguments rule(String what, ArchRule rule) {
        return Arguments.of(what, rule);
    }

    private static ArchRule knows(String ours, String... packages) {
        return only(ours, resideInAnyPackage(packages));
    }

    private static ArchRule only(String ours, DescribedPredicate<JavaClass> known) {
        String itself = "io.camelback." + ours + "..";
        return classes().that().resideInAPackage(itself).should().onlyDependOnClassesThat(known.or(resideInAPackage(itself)));
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
    void all_of_main_is_looked_at() {
        assertThat(MAIN.size()).isGreaterThan(200);
        assertThat(MAIN.contain("io.camelback.camel.Gateway")).isTrue();
        assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    }
}
