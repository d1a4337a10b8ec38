package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Usage;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.HeadlessBrowser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard as people see it, in a browser. */
class DashboardTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config) + """
            budgets: { zone: UTC, alert: [80], total: { day: 12, month: 40 } }
            layers: { top: { deployments: [claude-opus, gpt], budget: { day: 5 } } }
            """);

    private static HeadlessBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                HeadlessBrowser.installed().isPresent(),
                "Skipped: there is no Chromium on the PATH (apt-get install chromium)");
        browser = HeadlessBrowser.start(HeadlessBrowser.installed().get());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void look() throws Exception {
        drill.gateway().clock.advance(Duration.ofHours(2));
        browser.size(1400, 1000, 1, false);
        browser.prefers("prefers-color-scheme", "light");
        browser.open(drill.gateway().management("/"));
        shows("headline", "All models are up");
    }

    @AfterEach
    void nothingIsAmiss() throws Exception {
        assertThat(browser.complaints()).as("errors and warnings of the page").isEmpty();
    }

    private static String text(String id) throws Exception {
        return browser.eval("document.getElementById('" + id + "').textContent").asText();
    }

    private static void shows(String id, String words) {
        GatewayTestCase.soon("#" + id + " with " + words)
                .untilAsserted(() -> assertThat(text(id)).contains(words));
    }

    private static void unfold() throws Exception {
        browser.eval("[...document.querySelectorAll('[data-act=unfold]')].forEach(one => one.click())");
        there("[data-act=hand][data-name=gpt]");
    }

    private static void there(String selector) {
        GatewayTestCase.soon(selector)
                .until(() -> browser.eval("!!document.querySelector('" + selector + "')")
                        .asBoolean());
    }

    private static void outage() throws Exception {
        drill.script("claude-opus").times(5, SimulatedFault.status(500));
        for (int i = 0; i < 6; i++) {
            drill.ask("premium", false);
        }
    }

    @Test
    void an_outage_is_seen_within_two_seconds() throws Exception {
        outage();

        await("the outage")
                .atMost(Duration.ofSeconds(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(text("headline")).isEqualTo("claude-opus is out of service. gpt takes over."));

        shows("facts", "server error, since");
        shows("chain-premium", "breaker open ");
        shows("chain-premium", ": server error");
        shows("outages", "went elsewhere: gpt");
        shows("events", "breaker.opened");
        drill.gateway().clock.advance(Duration.ofSeconds(61));
        drill.ask("premium", false);
        shows("headline", "All models are up");
    }

    @Test
    void the_waterfall_of_a_request_that_fell_over_is_right() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(529));
        String id = header(drill.ask("premium", false), "x-camelback-request-id");
        shows("requests", "1 failed");

        String row = "document.querySelector('[data-key=\"" + id + "\"]')";
        browser.eval(row + ".querySelector('button').click()");
        GatewayTestCase.soon("the turns")
                .until(() ->
                        browser.eval(row + ".querySelectorAll('.turn').length").asInt() == 2);

        assertThat(browser.eval(row + ".querySelector('button').getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("true");
        JsonNode turns =
                browser.eval("[..." + row + ".querySelectorAll('.turn')].map(turn => ({ text: turn.textContent,"
                        + " left: turn.querySelector('.part').getBoundingClientRect().left,"
                        + " right: turn.querySelector('.part').getBoundingClientRect().right }))");
        assertThat(turns.at("/0/text").asText()).contains("claude-opus", "overloaded 529", "began at");
        assertThat(turns.at("/1/text").asText()).contains("gpt", "answered", "tokens", "took");
        assertThat(turns.at("/1/left").asDouble())
                .as("the second began when the first was over")
                .isGreaterThanOrEqualTo(turns.at("/0/right").asDouble() - 3);
        assertThat(text("turns-" + id)).contains(id);
        shows("turns-" + id, "plannedclaude-opus, then gpt, then gemini-pro");
    }

    @Test
    void a_model_is_cooling_down_by_hand_once_that_is_confirmed() throws Exception {
        unfold();
        browser.eval("document.querySelector('[data-act=hand][data-name=gpt]').focus()");
        browser.eval("document.activeElement.click()");
        GatewayTestCase.soon("the dialog")
                .until(() ->
                        browser.eval("document.getElementById('hand').open").asBoolean());
        browser.eval("document.querySelector('#hand input[value=cooldown]').checked = true");
        assertThat(drill.coolingDown("gpt")).as("before it is confirmed").isFalse();

        browser.eval("document.getElementById('hand-do').click()");

        shows("headline", "gpt is out of service.");
        shows("chain-premium", "by hand");
        assertThat(drill.coolingDown("gpt")).isTrue();
        assertThat(browser.eval("document.activeElement.dataset.name").asText())
                .as("the focus is where it was")
                .isEqualTo("gpt");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"light", "dark"})
    void text_stands_out_from_its_ground_as_WCAG_AA_asks(String theme) throws Exception {
        browser.prefers("prefers-color-scheme", theme);
        JsonNode ratios = browser.eval("""
                (() => {
                  const style = getComputedStyle(document.documentElement);
                  const light = name => [1, 3, 5]
                    .map(at => parseInt(style.getPropertyValue(name).trim().slice(at, at + 2), 16) / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
                  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                  return Object.fromEntries(['--ink', '--soft', '--good', '--warn', '--bad', '--try', '--sand'].flatMap(text =>
                    ['--paper', '--well'].map(ground => [text + ' on ' + ground, ratio(light(text), light(ground))])));
                })()""");
        assertThat(ratios.size()).isEqualTo(14);
        ratios.properties()
                .forEach(one ->
                        assertThat(one.getValue().asDouble()).as(one.getKey()).isGreaterThanOrEqualTo(4.5));
    }

    @Test
    void escape_leaves_everything_as_it_is() throws Exception {
        unfold();
        browser.eval("document.querySelector('[data-act=hand][data-name=gpt]').click()");
        GatewayTestCase.soon("the dialog")
                .until(() ->
                        browser.eval("document.getElementById('hand').open").asBoolean());

        browser.key("Escape", 27);

        GatewayTestCase.soon("no dialog")
                .until(() ->
                        !browser.eval("document.getElementById('hand').open").asBoolean());
        assertThat(drill.coolingDown("gpt")).isFalse();
    }

    /** An hour of mixed traffic with two outages: the page says what failed, when, who took over, and what it cost. */
    @Test
    void an_hour_with_two_outages_can_be_read_off_the_page() throws Exception {
        SimulatedCompletion usual =
                SimulatedCompletion.words(8).delay(Duration.ofMillis(2)).usage(Usage.of(1800, 420));
        drill.gateway().lab.providers().forEach(provider -> provider.answer(usual));
        for (int minute = 0; minute < 60; minute++) {
            drill.gateway().clock.advance(Duration.ofMinutes(1));
            if (minute == 12) {
                drill.script("claude-opus").always(SimulatedFault.status(529));
            } else if (minute == 27) {
                drill.script("claude-opus").clear();
            } else if (minute == 51) {
                drill.script("claude-opus")
                        .times(5, SimulatedFault.status(500))
                        .then(SimulatedFault.ok())
                        .always(SimulatedFault.status(500));
            }
            for (String model : List.of("premium", "balanced", minute % 3 == 0 ? "economy" : "premium")) {
                drill.ask(model, minute % 2 == 0);
            }
        }
        drill.script("gemini-pro").then(SimulatedFault.silence());
        drill.script("gpt").then(SimulatedFault.status(503));
        String last = header(drill.ask("premium", true), "x-camelback-request-id");
        there("[data-key=\"" + last + "\"]");
        String falls = "[...document.querySelectorAll('.request')].find(one => one.querySelector('.tag'))";
        browser.eval(falls + ".querySelector('button').click()");
        GatewayTestCase.soon("its turns")
                .until(() -> browser.eval(falls + ".querySelectorAll('.turn').length")
                                .asInt()
                        > 1);

        picture("light", 1400, 1000, 1);
        browser.prefers("prefers-color-scheme", "dark");
        picture("dark", 1400, 1000, 1);
        browser.size(390, 844, 2, true);
        picture("phone", 390, 844, 2);
        assertThat(text("outages"))
                .contains("claude-opus", "overloaded", "14\u2009min", "went elsewhere: gpt", "server error");
    }

    private static void picture(String name, int width, int height, double scale) throws Exception {
        browser.size(width, height, scale, width < 600);
        GatewayTestCase.soon("the page in its width")
                .until(() ->
                        browser.eval("document.documentElement.scrollWidth").asInt() <= width);
        browser.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))");
        int whole = browser.eval("document.documentElement.scrollHeight").asInt();
        browser.size(width, whole, scale, width < 600);
        browser.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))");
        browser.picture(PICTURES.resolve(name + ".png"), false);
        browser.size(width, height, scale, width < 600);
    }
}
