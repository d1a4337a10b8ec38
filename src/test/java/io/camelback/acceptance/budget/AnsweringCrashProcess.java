package io.camelback.acceptance.budget;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway that is killed while it answers, in a process of its own: eight callers, half of them by a model under a
 * budget, half of them streamed. The id of each request whose answer has ended is printed, one a line.
 */
final class AnsweringCrashProcess {
    private static final int CALLERS = 8;

    private AnsweringCrashProcess() {}

    public static void main(String[] args) throws Exception {
        RunningGateway gateway = RunningGateway.start(
                Path.of(args[0]),
                config -> GatewayTestCase.patient(config, Duration.ofSeconds(60))
                        .replace(
                                "    model: claude-haiku-4-5\n",
                                "    model: claude-haiku-4-5\n    budget: { month: 100000 }\n"));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            String model = i % 2 == 0 ? "claude-haiku" : "gpt";
            boolean stream = i % 4 < 2;
            callers.submit(() -> {
                while (true) {
                    HttpResponse<String> answer = gateway.ask(model, stream);
                    if (answer.statusCode() == 200) {
                        say(RunningGateway.header(answer, "x-camelback-request-id"));
                    }
                }
            });
        }
    }

    private static synchronized void say(String id) {
        System.out.print(id + "\n");
        System.out.flush();
    }
}
