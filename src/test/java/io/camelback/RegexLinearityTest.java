package io.camelback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.camelback.failure.MessageRedactor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link java.util.regex} backtracks, so that a text can make a pattern take any time. It is used for constants only,
 * and each constant reads a hostile text a bounded number of times. Patterns of callers, models and operators are
 * RE2's: {@link io.camelback.config.pattern.LinearPattern}.
 */
class RegexLinearityTest {
    private static final int LENGTH = 20_000;
    /** How often each character may be read on the average. */
    private static final int MOST_READS = 400;

    private static final Set<String> CALLED_BY_INITIALIZERS = Set.of(
            "io.camelback.failure.MessageRedactor$Rule.of(java.lang.String, java.lang.String)",
            "io.camelback.failure.ProviderErrorPatterns.pattern(java.lang.String)");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Camelback.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<Arguments> constants() throws ReflectiveOperationException {
        List<Arguments> constants = new ArrayList<>();
        for (JavaField field : MAIN.stream()
                .flatMap(one -> one.getFields().stream())
                .filter(one -> one.getModifiers().contains(JavaModifier.STATIC))
                .toList()) {
            if (field.getAllInvolvedRawTypes().stream().anyMatch(RegexLinearityTest::holdsPatterns)) {
                Field constant = field.reflect();
                constant.setAccessible(true);
                int number = 0;
                for (Pattern pattern : patterns(constant.get(null))) {
                    constants.add(
                            Arguments.of(field.getOwner().getName() + "." + field.getName() + " " + number++, pattern));
                }
            }
        }
        return constants.stream();
    }

    private static boolean holdsPatterns(JavaClass type) {
        return type.isEquivalentTo(Pattern.class)
                || type.isRecord()
                        && type.getFields().stream()
                                .anyMatch(field -> field.getRawType().isEquivalentTo(Pattern.class));
    }

    private static List<Pattern> patterns(Object value) {
        if (value instanceof Pattern pattern) {
            return List.of(pattern);
        }
        if (value instanceof Record rule) {
            return Stream.of(rule.getClass().getRecordComponents())
                    .flatMap(part -> patterns(read(rule, part)).stream())
                    .toList();
        }
        Stream<?> inside = value instanceof Collection<?> many
                ? many.stream()
                : value instanceof Map<?, ?> map
                        ? Stream.concat(map.keySet().stream(), map.values().stream())
                        : value instanceof Object[] array ? Stream.of(array) : Stream.of();
        return inside.flatMap(one -> patterns(one).stream()).toList();
    }

    private static Object read(Record rule, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constants")
    void a_hostile_text_is_read_a_bounded_number_of_times(String name, Pattern pattern) {
        for (String piece : pieces(pattern)) {
            for (String end : List.of("", "\u0000", "!", "\n", "x\n\u0000")) {
                CountedText text = new CountedText(piece.repeat(length(name) / piece.length()) + end);
                Matcher matcher = pattern.matcher(text);
                assertThatCode(() -> {
                            matcher.find();
                            matcher.reset().matches();
                        })
                        .as("%s, of \"%s\" again and again: %s", name, piece, pattern)
                        .doesNotThrowAnyException();
            }
        }
    }

    /** The redactor reads no more of a message than so. */
    private static int length(String name) {
        return name.startsWith(MessageRedactor.class.getName()) ? 4 * MessageRedactor.LONGEST : LENGTH;
    }

    /** What may make it try again and again: single characters, and the words of the pattern itself. */
    private static Set<String> pieces(Pattern pattern) {
        Set<String> pieces = new TreeSet<>(List.of(
                "a", "A", "0", " ", "\t", "\n", ".", "-", "_", "/", ":", ",", "\"", "'", "\\", "{", "(", "[", "<", "=",
                "%", "a ", "a0", "a-", "a.", "a_", "0.", " \n", "\r\n", "a/", "a:", "a,", "=\"", "0m", "1s ", "ab@",
                "é", "😀"));
        for (String word : pattern.pattern().split("[^A-Za-z0-9 _:/-]+")) {
            if (!word.isEmpty()) {
                pieces.add(word);
                pieces.add(word + " ");
                pieces.add(word + "0");
            }
        }
        return pieces;
    }

    @Test
    void patterns_are_compiled_by_static_initializers_only() {
        DescribedPredicate<JavaMethodCall> late = DescribedPredicate.describe(
                "Pattern.compile outside of a static initializer",
                call -> call.getTargetOwner().isEquivalentTo(Pattern.class)
                        && call.getName().equals("compile")
                        && !call.getOrigin().getName().equals("<clinit>")
                        && !CALLED_BY_INITIALIZERS.contains(call.getOrigin().getFullName()));

        noClasses().should().callMethodWhere(late).check(MAIN);
    }

    /** Counts how often it is read, and ends what reads it too often. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > (long) MOST_READS * LENGTH) {
                throw new AssertionError("read " + reads + " times, and no end: \""
                        + text.substring(0, Math.min(20, text.length())) + "...\"");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
