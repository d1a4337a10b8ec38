package io.camelback.acceptance.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ParallelCalls;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StreamingEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise of the commit contract, for every way in which the first link can be wrong about its answer: {@code full}
 * gives the whole answer of the first or of the next link, and {@code first-token} gives that or an error that nobody
 * can mistake for an end; nothing is left open. The first link answers in each provider dialect, in words or with a
 * tool call, and callers come through all endpoints in turn; with {@code -Dcamelback.cut=all} through every endpoint
 * for every byte.
 */
class StreamCutAnywhereIT {
    @RegisterExtension
    private static final FixedBytesProvider FIRST = new FixedBytesProvider();

    /** The breaker of the first link is not to open: it shall be asked each time. */
    @RegisterExtension
    static final GatewayTestCase drill = RawProviderChain.drill(
            FIRST,
            Duration.ofMillis(600),
            config -> GatewayTestCase.withoutRetries(config)
                    .replace("breaker: { failures: 5,", "breaker: { failures: 1000,"));

    private static final String WHOLE = "Blå 🐪 himmel.";
    private static final String NEXT = "All of it, from the next one.";
    private static final int AT_ONCE = 24;
    private static final boolean EVERY_ENDPOINT = "all".equals(System.getProperty("camelback.cut"));
    /** Of a tool call, every so manieth byte is enough where every byte of a text is. */
    private static final int STRIDE = EVERY_ENDPOINT ? 1 : 7;

    /** How an answer is spoilt, and what of it is sent. */
    private record Spoilt(String how, Reply reply) {}

    @BeforeEach
    void the_next_link_is_well() {
        drill.provider(RawProviderChain.NEXT).answer(SimulatedCompletion.text(NEXT));
    }

    @AfterEach
    void nothing_is_left_open() {
        GatewayTestCase.soon("connections to the first link").until(() -> FIRST.openConnections() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void cut_at_any_byte(RawProviderChain link) {
        byte[] answer = recorded(link);
        hold(
                link,
                IntStream.rangeClosed(0, answer.length)
                        .mapToObj(at -> new Spoilt(
                                "cut after " + at + " bytes",
                                Reply.stream(Arrays.copyOf(answer, at), at % 8 == 7 ? End.RESET : End.FIN))));
    }

    /** {@code Blå } and a call of the tool {@code delete}. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_tool_call_cut_at_any_byte(RawProviderChain link) {
        byte[] answer = recorded(link, "-call");
        hold(
                link,
                true,
                IntStream.iterate(link.ordinal(), at -> at < answer.length, at -> at + STRIDE)
                        .mapToObj(at -> new Spoilt(
                                "cut after " + at + " bytes",
                                Reply.stream(Arrays.copyOf(answer, at), at % 2 == 1 ? End.RESET : End.FIN))));
        hold(link, true, Stream.of(new Spoilt("whole", Reply.stream(answer, End.FIN))));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void cut_inside_a_chunk_of_the_transfer(RawProviderChain link) {
        byte[] answer = recorded(link);
        hold(
                link,
                IntStream.iterate(0, at -> at < answer.length, at -> at + 16)
                        .mapToObj(at -> new Spoilt(
                                "cut in the chunk after " + at + " bytes",
                                Reply.of(
                                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                + Integer.toHexString(answer.length) + "\r\n",
                                        Arrays.copyOf(answer, at),
                                        End.FIN))));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void silent_slow_or_stalled_at_any_token(RawProviderChain link) {
        byte[] answer = recorded(link);
        Stream<Spoilt> silent = Stream.of(new Spoilt("silent", new Reply(new byte[0], End.OPEN)));
        Stream<Spoilt> stalled = ends(answer).stream()
                .map(at -> new Spoilt(
                        "stalled after " + at + " bytes", Reply.stream(Arrays.copyOf(answer, at), End.OPEN)));
        hold(link, Stream.concat(silent, stalled));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void malformed_at_any_event(RawProviderChain link) {
        byte[] answer = recorded(link);
        hold(
                link,
                ends(answer).stream()
                        .flatMap(at -> Stream.of(
                                        "data: {\"bro", "data: []\n\n", "data: \"text\"\n\n", "data: \u0000\n\n")
                                .map(junk -> new Spoilt(
                                        "after " + at + " bytes " + junk.strip(),
                                        Reply.stream(spliced(answer, at, junk), End.FIN)))));
    }

    private static byte[] recorded(RawProviderChain link) {
        return recorded(link, "");
    }

    private static byte[] recorded(RawProviderChain link, String what) {
        String file = "/fixtures/cut/" + link.name().toLowerCase(Locale.ROOT) + what + ".sse";
        try (InputStream in = StreamCutAnywhereIT.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where events end, the beginning included. */
    private static List<Integer> ends(byte[] answer) {
        List<Integer> ends = new ArrayList<>(List.of(0));
        var blank = Pattern.compile("\r?\n\r?\n").matcher(new String(answer, StandardCharsets.ISO_8859_1));
        while (blank.find()) {
            ends.add(blank.end());
        }
        return ends;
    }

    private static byte[] spliced(byte[] answer, int at, String junk) {
        byte[] middle = junk.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(answer, answer.length + middle.length);
        System.arraycopy(middle, 0, all, at, middle.length);
        System.arraycopy(answer, at, all, at + middle.length, answer.length - at);
        return all;
    }

    /** Plays each with both commits, several at once: the request's text says which reply it is to have. */
    private static void hold(RawProviderChain link, Stream<Spoilt> cases) {
        hold(link, false, cases);
    }

    private static void hold(RawProviderChain link, boolean call, Stream<Spoilt> cases) {
        List<Spoilt> all = cases.toList();
        FIRST.answer(request -> all.get(Integer.parseInt(request.replaceAll("(?s).*case-(\\d+)-.*", "$1")))
                .reply());
        List<ParallelCalls.Check> asked = new ArrayList<>();
        for (String commit : List.of("full", "first-token")) {
            for (int i = 0; i < all.size(); i++) {
                int number = i;
                for (StreamingEndpoint endpoint : StreamingEndpoint.values()) {
                    if (EVERY_ENDPOINT || endpoint.ordinal() == number % StreamingEndpoint.values().length) {
                        asked.add(() -> check(link, endpoint, commit, number, all.get(number), call));
                    }
                }
            }
        }
        ParallelCalls.inLanes(AT_ONCE, asked.stream());
    }

    private static void check(
            RawProviderChain link, StreamingEndpoint endpoint, String commit, int number, Spoilt spoilt, boolean call) {
        HttpResponse<String> response;
        StreamingEndpoint.Seen seen;
        try {
            drill.breaker(link.link).reset();
            response = endpoint.ask(drill, link.chain, "case-" + number + "-", call, "x-camelback-commit", commit);
            seen = endpoint.seen(response.body());
        } catch (Exception e) {
            throw new AssertionError(spoilt.how() + " at " + endpoint + ", " + commit, e);
        }
        String whole = call ? "Blå " : WHOLE;
        String told = spoilt.how() + " at " + endpoint + ", " + commit + ": " + response.body();
        assertThat(response.statusCode()).as(told).isEqualTo(200);
        if (seen.complete()) {
            assertThat(seen.text()).as(told).isIn(whole, NEXT);
            assertThat(response.headers().firstValue("x-camelback-model"))
                    .as(told)
                    .hasValue(seen.text().equals(NEXT) ? RawProviderChain.NEXT : link.link);
            assertThat(seen.calls()).as(told).isEqualTo(call && !seen.text().equals(NEXT) ? 1 : 0);
        } else {
            assertThat(commit).as(told).isEqualTo("first-token");
            assertThat(seen.broken()).as(told).isTrue();
            assertThat(whole).as(told).startsWith(seen.text());
            assertThat(seen.text()).as(told).isNotEmpty();
        }
    }
}
