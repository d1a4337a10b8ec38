package io.camelback.lab;

import io.camelback.lab.Frame.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a provider without a fault would answer to one request; a {@link Fault} takes from it what it needs. */
final class Answer {
    private final Asked asked;
    private final Completion said;

    Answer(Asked asked, Completion completion) {
        this.asked = asked;
        this.said = completion.sayTo(asked.model(), asked.dialect().mayCallTools(asked), asked.inputTokens());
    }

    /** The answer to the same request with other words. */
    Answer saying(Completion completion) {
        return new Answer(asked, completion);
    }

    boolean stream() {
        return asked.stream();
    }

    Duration delay() {
        return said.delay();
    }

    /** How long the whole answer takes where it is not streamed. */
    Duration time() {
        return said.delay().multipliedBy(said.length());
    }

    int length() {
        return said.length();
    }

    byte[] json() {
        return asked.kind() == Asked.Kind.CHAT ? asked.dialect().json(asked, said) : SideAnswers.json(asked);
    }

    List<Frame> frames() {
        return asked.dialect().frames(asked, said);
    }

    List<Frame> frames(Kind kind) {
        return frames().stream().filter(frame -> frame.kind() == kind).toList();
    }

    /** What stands on the wire up to and with that token: never an end, however many tokens are asked for. */
    List<Frame> frames(int tokens) {
        List<Frame> first = new ArrayList<>();
        int left = tokens;
        for (Frame frame : frames()) {
            boolean over = left == 0 && frame.kind() != Kind.OPENING;
            if (over || frame.kind() == Kind.FINISH || frame.kind() == Kind.TERMINATOR) {
                break;
            }
            first.add(frame);
            left -= frame.token() ? 1 : 0;
        }
        return first;
    }

    /** A stream up to its nth token; a plain answer up to its middle, with a Content-Length that promises all of it. */
    Plan begin(int tokens) {
        if (stream()) {
            return new Plan().chunked(headers()).frames(frames(tokens), delay());
        }
        return new Plan().pause(time()).sized(200, headers(), json().length).raw(half());
    }

    /** A plain answer that breaks off in the middle. */
    byte[] half() {
        byte[] body = json();
        return Arrays.copyOf(body, body.length / 2);
    }

    /** Headers of an answer that is streamed, or not, as this request asks. */
    Map<String, String> headers() {
        return stream() ? eventHeaders() : headers("application/json");
    }

    Map<String, String> headers(String contentType) {
        return Plan.with(asked.dialect().headers(asked), "Content-Type", contentType);
    }

    Map<String, String> eventHeaders() {
        return Plan.with(headers("text/event-stream; charset=utf-8"), "Cache-Control", "no-cache");
    }

    String error(int status, String retryAfter) {
        return asked.dialect().error(status, asked.model(), retryAfter);
    }

    String errorEvent(int status) {
        return asked.dialect().errorEvent(asked, status);
    }

    String ping() {
        return asked.dialect().ping();
    }

    /** An event whose JSON is cut short. */
    String brokenEvent() {
        List<Frame> tokens = frames(Kind.TOKEN);
        String event = (tokens.isEmpty() ? frames().get(0) : tokens.get(0)).text().strip();
        return event.substring(0, event.length() - 5) + "\n\n";
    }
}
