package io.camelback.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.config.RoutingSettings;
import io.camelback.config.reader.CamelbackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped lexicon. */
class TaskClassifierTest {
    private static final RoutingSettings SHIPPED = shipped();
    private static final String TRACE = "\njava.lang.NullPointerException: x\n\tat com.acme.Main.run(Main.java:12)\n";

    private static RoutingSettings shipped() {
        try {
            return CamelbackConfigReader.read(
                            Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml", name -> null)
                    .config()
                    .routing();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TaskClassifier.Found classify(Message... messages) {
        var request = ChatRequest.builder("auto");
        List.of(messages).forEach(request::message);
        return new TaskClassifier(SHIPPED).classify(request.build());
    }

    private static int files(ChatRequest request) {
        return new FileMentionCounter(SHIPPED.fileEndings(), 10).count(request).files();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Design a system for a million users.                    | architecture | system design",
                "Which database should we take for the events?           | architecture | which database should",
                "Please review this change before I merge it.            | code-review  | review",
                "Refactor the parser so that it is easier to test.       | refactor     | refactor",
                "Why does the login page show an empty list?             | debug        | why does",
                "Fix the bug in the architecture diagram's generator.    | debug        | fix",
                "Write a function that reverses a list.                  | generate     | write",
                "Restart the service that crashed with an error.         | restart      | restart",
                "Summarise the errors of the last hour.                  | log-summary  | summarise",
                "grep the log for time-outs and count them               | log-summary  | grep",
                "Plan the migration in five steps.                       | plan         | plan",
                "Extract the dates from this text.                       | parse        | extract",
                "Reformat this list, please.                             | format       | reformat",
                "Read the file and tell me what it is.                   | read         | read",
                "What is the status of the backup?                       | status-check | status",
                "heartbeat                                               | heartbeat    | heartbeat",
                "PLEASE SUMMARIZE: all is well                           | log-summary  | summarize",
                "The prefix of the planet's fixture is debugged.         |              | ",
                "Hello!                                                  |              | "
            })
    void is_known_by_the_word_that_stands_first(String text, String task, String word) {
        TaskClassifier.Found found = classify(Message.user(text));

        assertThat(found.task()).isEqualTo(task);
        if (task != null && text.toLowerCase(java.util.Locale.ROOT).contains(word)) {
            assertThat(found.why()).isEqualTo("by \"" + word + "\"");
        }
    }

    @Test
    void a_stack_trace_makes_debugging_what_it_is() {
        assertThat(classify(Message.user("Why does this happen?" + TRACE)).task())
                .isEqualTo("stack-trace");
        assertThat(classify(Message.user(TRACE)).task()).isEqualTo("stack-trace");
        assertThat(classify(Message.user("Summarise this log:" + TRACE)).task()).isEqualTo("log-summary");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Python     | Traceback (most recent call last):",
                "JavaScript | '    at Object.run (/srv/app/index.js:10:5)'",
                "anonymous  | '    at /srv/app/index.js:10:5'",
                "Go         | goroutine 1 [running]:",
                "Rust       | thread 'main' panicked at src/main.rs:2:5",
                ".NET       | '   at Acme.Main.Run() in C:\\acme\\Main.cs:line 12'"
            })
    void stack_traces_look_like_this(String language, String line) {
        assertThat(classify(Message.user("Look:\n" + line + "\n")).task()).isEqualTo("stack-trace");
    }

    @Test
    void code_without_a_word_about_it_is_code() {
        assertThat(classify(Message.user("And this?\n```java\nint a = 1;\n```")))
                .isEqualTo(new TaskClassifier.Found("generate", "by code in it"));
        assertThat(classify(Message.user("Plan this:\n```java\nint a = 1;\n```"))
                        .task())
                .isEqualTo("plan");
    }

    @Test
    void only_the_users_last_words_count() {
        assertThat(classify(
                                Message.system("You debug and review code."),
                                Message.user("Fix it."),
                                Message.assistant(new Part.Text("I shall refactor it.")),
                                Message.user("No. Is it up? Check the status."))
                        .task())
                .isEqualTo("status-check");
        assertThat(classify(
                                Message.user("Debug it."),
                                Message.assistant(new Part.ToolCall("1", "read", "{}")),
                                Message.toolResult("1", "Summarise this"))
                        .task())
                .isEqualTo("debug");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "code-review, code-review",
        "Code Review, code-review",
        "debugging, debug",
        "code_gen, generate",
        "Multi-file refactors, refactor",
        "translation, translation",
        "Heartbeat polls, heartbeat"
    })
    void what_the_caller_says_counts(String said, String task) {
        ChatRequest request = ChatRequest.builder("auto")
                .metadata("task_type", said)
                .message(Message.user("Debug this"))
                .build();

        assertThat(new TaskClassifier(SHIPPED).classify(request)).isEqualTo(new TaskClassifier.Found(task, "as said"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Look at src/Main.java and src/Other.java, then Main.java again | 3",
                "see a/b.py a/b.py (a/b.py) \"a/b.py\" | 1",
                "console.log(x); data.json(); this.md_ | 0",
                "version 3.14 of example.com, e.g. Then. | 0",
                "C:\\work\\report.xlsx, ./README.md. | 2",
                "archive.tar.gz and a.java.bak | 0",
                "one.java two.java 3.java 4.java 5.java 6.java 7.java 8.java 9.java a.java b.java c.java | 10",
                "nothing | 0"
            })
    void files_are_counted_by_name(String text, int files) {
        assertThat(files(ChatRequest.of("auto", text))).isEqualTo(files);
    }

    @Test
    void attached_files_count_and_the_system_prompts_do_not() {
        Part.Media media = new Part.Media.Inline("application/pdf", "JVBERi0=");
        ChatRequest request = ChatRequest.builder("auto")
                .message(Message.system("Obey CLAUDE.md and RULES.md."))
                .message(new Message(
                        Message.Role.USER,
                        List.of(
                                new Part.Document(media, "a.pdf"),
                                new Part.Document(media, null),
                                new Part.Document(media, "a.pdf"))))
                .message(Message.assistant(new Part.ToolCall("1", "read", "{\"path\":\"/src/b.ts\"}")))
                .message(Message.toolResult("1", "import './c.ts'"))
                .build();

        assertThat(files(request)).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {"7 | 7", "a.c, b.c,a.c, | 2", "[\"a.c\",\"b.c\"] | 2"})
    void files_are_those_the_caller_says(String said, int files) {
        assertThat(files(ChatRequest.builder("auto")
                        .metadata("affected_files", said)
                        .message(Message.user("x.java y.java z.java"))
                        .build()))
                .isEqualTo(files);
    }
}
