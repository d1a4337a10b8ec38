package io.camelback.cli.setup;

import io.camelback.testkit.GatewayTestCase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bin/camelback setup} before a gateway that answers, for a user with an empty home folder. */
abstract class SetupTestCase {
    static final String URL = "<url>";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    @TempDir
    Path user;

    final Map<String, String> environment = new HashMap<>();
    StringWriter out;
    StringWriter err;
    String url;

    @BeforeEach
    void where_it_is() {
        url = DRILL.gateway().uri("").toString();
    }

    Path write(String name, String text) throws Exception {
        Path file = user.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--user-home", user.toString()))
                .toArray(String[]::new);
        return new CommandLine(new SetupCommand(environment::get))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
