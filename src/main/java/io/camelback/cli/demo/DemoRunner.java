package io.camelback.cli.demo;

import io.camelback.attempt.AttemptResult;
import io.camelback.cli.terminal.AttemptSummary;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.server.GatewayServer;
import io.camelback.simulator.SimulatedProviders;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripted scenes, prints them, and checks the results. */
final class DemoRunner {
    private static final String CHAIN = "premium";
    /** So that a wait has really ended. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    private static final int WARM_UP = 10;

    private final GatewayServer gateway;
    private final SimulatedProviders lab;
    private final DemoTable table;
    private final Duration pause;
    private final List<DemoReply> replies = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private long failedAt;

    /** @param pause before each request, for those who watch */
    DemoRunner(GatewayServer gateway, SimulatedProviders lab, DemoTable table, Duration pause) {
        this.gateway = gateway;
        this.lab = lab;
        this.table = table;
        this.pause = pause;
    }

    /** @return whether all went as told */
    boolean play(List<DemoScene> story) throws IOException, InterruptedException {
        DemoCaller caller = new DemoCaller(gateway);
        warmUp(caller);
        preface();
        table.head();
        for (DemoScene scene : story) {
            await(scene.cue());
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            scene.cause().accept(lab);
            show(scene, caller.ask(CHAIN, scene.stream()));
        }
        table.rule();
        summary();
        return surprises.isEmpty();
    }

    /** The first requests of a process load its classes: that is no provider's fault. */
    private static void warmUp(DemoCaller caller) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            caller.ask(CHAIN, i % 2 == 0);
        }
    }

    private void preface() {
        table.say(Ink.PLAIN, "");
        table.say(
                Ink.BOLD,
                "Camelback on http://127.0.0.1:" + gateway.port() + ": one chain, \"" + CHAIN
                        + "\", while Claude's provider has a bad minute");
        table.say(
                Ink.DIM,
                "The gateway is the real one. Its providers are simulated and answer at once: what you see is"
                        + " what failing over costs.");
        table.say(
                Ink.DIM,
                "Shortened here: first token " + DemoHome.FIRST_TOKEN.toSeconds() + " s, breaker cooldown "
                        + DemoHome.COOLDOWN.toSeconds() + " s, re-sends within 80 ms. Warmed up with " + WARM_UP
                        + " requests.");
        table.say(Ink.PLAIN, "");
    }

    private void await(DemoScene.Cue cue) throws InterruptedException {
        Duration left = switch (cue) {
            case NOTHING -> Duration.ZERO;
            case END_OF_PARK ->
                gateway.gateway()
                        .vitals()
                        .cooldowns()
                        .cooldown(DemoScene.HERO)
                        .map(CooldownRegistry.Cooldown::left)
                        .orElse(Duration.ZERO);
            case END_OF_COOLDOWN -> DemoHome.COOLDOWN.minusNanos(System.nanoTime() - failedAt);
        };
        if (left.isZero() || left.isNegative()) {
            return;
        }
        table.wait(AttemptSummary.seconds(left)
                + (cue == DemoScene.Cue.END_OF_PARK
                        ? " until Claude may be asked again (Retry-After)"
                        : " until Claude's breaker lets a probe through"));
        TimeUnit.NANOSECONDS.sleep(left.plus(MARGIN).toNanos());
    }

    private void show(DemoScene scene, DemoReply reply) {
        replies.add(reply);
        table.row(scene, reply);
        if (!scene.matches(reply)) {
            surprises.add("Not as told: request " + replies.size() + " should have tried " + scene.tried()
                    + ", and come to " + scene.answeredBy() + ".");
        }
        if (reply.attempts().stream().anyMatch(DemoRunner::failureOfHero)) {
            failedAt = System.nanoTime();
        }
    }

    private static boolean failureOfHero(AttemptResult attempt) {
        return attempt.deployment().equals(DemoScene.HERO) && attempt.outcome() == AttemptResult.Outcome.FAILED;
    }

    private void summary() {
        long models = replies.stream().filter(DemoReply::byModel).count();
        long fixed = replies.stream()
                .filter(reply -> reply.answeredBy().equals(DemoReply.STATIC))
                .count();
        Duration longest = replies.stream()
                .map(DemoReply::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        table.say(
                Ink.BOLD,
                replies.size() + " requests: " + models + " answered by a model, " + fixed + " by the static text, "
                        + (replies.size() - models - fixed) + " broken off, with an error that says so.");
        table.say(Ink.PLAIN, "Whatever happened, no caller waited longer than " + DemoTable.millis(longest) + " ms.");
        surprises.forEach(surprise -> table.say(Ink.BAD, surprise));
    }
}
