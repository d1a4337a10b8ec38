package io.camelback.simulator.protocol;

import io.camelback.simulator.protocol.StreamFrame.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The correct answer to one request; a {@link io.camelback.simulator.SimulatedFault} takes from it what it needs. */
public final class SimulatedAnswer {
    private final SimulatedRequest asked;
    private final SimulatedCompletion said;

    public SimulatedAnswer(SimulatedRequest asked, SimulatedCompletion completion) {
        this.asked = asked;
        this.said = completion.sayTo(asked.model(), asked.dialect().mayCallTools(asked), asked.inputTokens());
    }

    /** The answer to the same request with other words. */
    public SimulatedAnswer saying(SimulatedCompletion completion) {
        return new SimulatedAnswer(asked, completion);
    }

    public boolean stream() {
        return asked.stream();
    }

    public Duration delay() {
        return said.delay();
    }

    /** How long the whole answer takes where it is not streamed. */
    public Duration time() {
        return said.delay().multipliedBy(said.length());
    }

    public int length() {
        return said.length();
    }

    public byte[] json() {
        return asked.kind() == SimulatedRequest.Kind.CHAT
                ? asked.dialect().json(asked, said)
                : AuxiliaryResponses.json(asked);
    }

    public List<StreamFrame> frames() {
        return asked.dialect().frames(asked, said);
    }

    public List<StreamFrame> frames(Kind kind) {
        return frames().stream().filter(frame -> frame.kind() == kind).toList();
    }

    /** What stands on the wire up to and with that token: never an end, however many tokens are asked for. */
    public List<StreamFrame> frames(int tokens) {
        List<StreamFrame> first = new ArrayList<>();
        int left = tokens;
        for (StreamFrame frame : frames()) {
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
    public ResponseScript begin(int tokens) {
        if (stream()) {
            return new ResponseScript().chunked(headers()).frames(frames(tokens), delay());
        }
        return new ResponseScript()
                .pause(time())
                .sized(200, headers(), json().length)
                .raw(half());
    }

    /** A plain answer that breaks off in the middle. */
    public byte[] half() {
        byte[] body = json();
        return Arrays.copyOf(body, body.length / 2);
    }

    /** Headers of an answer that is streamed, or not, as this request asks. */
    public Map<String, String> headers() {
        return stream() ? eventHeaders() : headers("application/json");
    }

    public Map<String, String> headers(String contentType) {
        return ResponseScript.with(asked.dialect().headers(asked), "Content-Type", contentType);
    }

    public Map<String, String> eventHeaders() {
        return ResponseScript.with(headers("text/event-stream; charset=utf-8"), "Cache-Control", "no-cache");
    }

    public String error(int status, String retryAfter) {
        return asked.dialect().error(status, asked.model(), retryAfter);
    }

    public String errorEvent(int status) {
        return asked.dialect().errorEvent(asked, status);
    }

    public String ping() {
        return asked.dialect().ping();
    }

    /** An event whose JSON is cut short. */
    public String brokenEvent() {
        List<StreamFrame> tokens = frames(Kind.TOKEN);
        String event =
                (tokens.isEmpty() ? frames().get(0) : tokens.get(0)).text().strip();
        return event.substring(0, event.length() - 5) + "\n\n";
    }
}
