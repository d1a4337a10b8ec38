package io.camelback.cli.demo;

import io.camelback.cli.terminal.AttemptSummary;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.SimulatedProviders;
import java.util.List;
import java.util.function.Consumer;

/**
 * One request of the demo and its expected result.
 *
 * @param title what happens, in at most 36 characters
 * @param cue what the demo waits for before it
 * @param cause what the providers are told to do
 * @param tried all turns as {@link AttemptSummary#text} tells them, as a regular expression
 * @param answeredBy as {@link DemoReply#answeredBy} tells it
 */
record DemoScene(
        String title, boolean stream, Cue cue, Consumer<SimulatedProviders> cause, String tried, String answeredBy) {
    /** What a scene may have to wait for; all of it is about Claude. */
    enum Cue {
        NOTHING,
        END_OF_PARK,
        END_OF_COOLDOWN
    }

    /** The deployment whose provider has a bad minute. */
    static final String HERO = "claude-opus";
    /** For how many seconds the simulated provider asks to be left alone. */
    static final int RETRY_AFTER = 3;

    private static final Consumer<SimulatedProviders> NO_CHANGE = lab -> {};
    private static final String COOLDOWN = "claude-opus cooldown [\\d.]+ s more -> ";
    private static final String OPEN = "claude-opus breaker open -> ";

    /** An outage from its first sign to its end. */
    static List<DemoScene> story() {
        return List.of(
                plain("All is well", NO_CHANGE, "claude-opus ok", HERO),
                plain(
                        "Claude: 429, come back in " + RETRY_AFTER + " seconds",
                        claude(1, SimulatedFault.status(429).header("Retry-After", "" + RETRY_AFTER)),
                        "claude-opus 429.* -> gpt ok",
                        "gpt"),
                stream("The next caller is not kept waiting", NO_CHANGE, COOLDOWN + "gpt ok", "gpt"),
                plain(
                        "GPT fails as well: 500, three times",
                        lab -> lab.openAi().script().times(3, SimulatedFault.status(500)),
                        COOLDOWN + "gpt 500.* x3 -> gemini-pro ok",
                        "gemini-pro"),
                plain(
                                "Claude stumbles: one 500, sent again",
                                claude(1, SimulatedFault.status(500)),
                                "claude-opus 500.* -> claude-opus ok",
                                HERO)
                        .after(Cue.END_OF_PARK),
                stream(
                        "Words have come, then it breaks off",
                        claude(1, SimulatedFault.cutAfter(2)),
                        "claude-opus connection closed",
                        DemoReply.ERROR),
                plain(
                        "The outage: nothing but 500",
                        claude(3, SimulatedFault.status(500)),
                        "claude-opus 500.* x3 -> gpt ok",
                        "gpt"),
                plain(
                        "Then overloaded: 529",
                        claude(3, SimulatedFault.status(529)),
                        "claude-opus 529.* x3 -> gpt ok",
                        "gpt"),
                stream(
                        "A stream dies before its first word",
                        claude(1, SimulatedFault.cutAfter(0)),
                        "claude-opus connection closed -> gpt ok",
                        "gpt"),
                stream(
                        "Silence, until the timer runs out",
                        claude(1, SimulatedFault.silence()),
                        "claude-opus no first token.* -> gpt ok",
                        "gpt"),
                plain("Five failures: Claude is left alone", NO_CHANGE, OPEN + "gpt ok", "gpt"),
                plain("Now all providers are down", DemoScene::allDown, OPEN + "gpt.* 503.* x3.*", DemoReply.STATIC),
                plain(
                        "The others are back",
                        lab -> lab.providers()
                                .forEach(provider -> provider.script().clear()),
                        OPEN + "gpt ok",
                        "gpt"),
                stream("Claude is well: the probe says so", NO_CHANGE, "claude-opus ok", HERO)
                        .after(Cue.END_OF_COOLDOWN),
                plain("As if nothing had happened", NO_CHANGE, "claude-opus ok", HERO));
    }

    private static DemoScene plain(String title, Consumer<SimulatedProviders> cause, String tried, String answeredBy) {
        return new DemoScene(title, false, Cue.NOTHING, cause, tried, answeredBy);
    }

    private static DemoScene stream(String title, Consumer<SimulatedProviders> cause, String tried, String answeredBy) {
        return new DemoScene(title, true, Cue.NOTHING, cause, tried, answeredBy);
    }

    private DemoScene after(Cue awaited) {
        return new DemoScene(title, stream, awaited, cause, tried, answeredBy);
    }

    private static Consumer<SimulatedProviders> claude(int requests, SimulatedFault fault) {
        return lab -> lab.anthropic().script().times(requests, fault);
    }

    private static void allDown(SimulatedProviders lab) {
        for (SimulatedProvider provider : lab.providers()) {
            provider.script().always(SimulatedFault.status(503));
        }
    }

    /** Whether it went as told. */
    boolean matches(DemoReply reply) {
        return reply.answeredBy().equals(answeredBy)
                && AttemptSummary.text(reply.attempts()).matches(tried);
    }
}
