package io.camelback.simulator;

import io.camelback.simulator.StreamFault.CutAfter.Cut;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.SimulatedAnswer;
import io.camelback.simulator.protocol.SimulatedCompletion;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one request is answered: correctly, or with one exact fault. Immutable; played in the dialect of the request,
 * streamed when that asks for a stream. "After n tokens" means after n pieces of text, of reasoning, or of a tool
 * call's arguments; an answer with fewer pieces is played up to its last one, without its end.
 */
public sealed interface SimulatedFault permits ConnectionFault, TimeFault, StreamFault, BodyFault {

    /** What the connection has to do. */
    List<ResponseStep> steps(SimulatedAnswer answer);

    /** No fault: the provider's own completion. */
    static SimulatedFault ok() {
        return new BodyFault.Ok(null);
    }

    /** No fault, and other words than the provider's usual ones. */
    static SimulatedFault ok(SimulatedCompletion completion) {
        return new BodyFault.Ok(completion);
    }

    /** A status with the dialect's own error body; add to it with {@link BodyFault.Status#header} and {@code body}. */
    static BodyFault.Status status(int status) {
        return new BodyFault.Status(status, Map.of(), null);
    }

    /**
     * RST as soon as a new connection is there, before anything is read; on a kept-alive one, instead of the answer.
     */
    static SimulatedFault resetAtConnect() {
        return new ConnectionFault.ResetAtConnect();
    }

    /** RST once the request was read. */
    static SimulatedFault resetBeforeHeaders() {
        return new ConnectionFault.ResetBeforeHeaders();
    }

    /** FIN once the request was read. */
    static SimulatedFault closeBeforeHeaders() {
        return new ConnectionFault.CloseBeforeHeaders();
    }

    /** Exactly these bytes instead of an HTTP answer, then FIN. */
    static SimulatedFault rawBytes(byte[] response) {
        return new ConnectionFault.RawBytes(response);
    }

    /** Reads the request and never answers. */
    static SimulatedFault silence() {
        return new TimeFault.Silence();
    }

    /** A good answer, late. */
    static SimulatedFault slowHeaders(Duration delay) {
        return new TimeFault.SlowHeaders(delay);
    }

    /** Headers at once, then nothing for a while, then a good answer. */
    static SimulatedFault slowFirstToken(Duration delay) {
        return new TimeFault.SlowFirstToken(delay, null);
    }

    /** Headers and opening events at once, then only pings or comments for a while, then the rest of a good answer. */
    static SimulatedFault pingsBeforeFirstToken(Duration delay, Duration pingEvery) {
        return new TimeFault.SlowFirstToken(delay, pingEvery);
    }

    /** Stops after n tokens and keeps the connection open. */
    static SimulatedFault stallAfter(int tokens) {
        return new TimeFault.StallAfter(tokens);
    }

    /** A whole stream with its last event, and a connection that stays open: the HTTP answer never ends. */
    static SimulatedFault lingerAfterDone() {
        return new TimeFault.LingerAfterDone();
    }

    /** FIN after n tokens, in the middle of the HTTP answer; a plain answer is shorter than its Content-Length says. */
    static SimulatedFault cutAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.FIN);
    }

    /** RST after n tokens. */
    static SimulatedFault resetAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.RESET);
    }

    /** After n tokens the HTTP answer ends in good order, but nothing says that the model was done. */
    static SimulatedFault endAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.END);
    }

    /** Says why the model stopped, but leaves out the terminal event ({@code [DONE]}, {@code message_stop}). */
    static SimulatedFault finishWithoutDone() {
        return new StreamFault.FinishWithoutDone();
    }

    /** Status 200 and an error instead of the first token, after the opening events. */
    static StreamFault.ErrorEvent errorEventFirst() {
        return errorEventAfter(0);
    }

    /**
     * An error inside the stream after n tokens; choose another than 529 with {@link StreamFault.ErrorEvent#status}.
     */
    static StreamFault.ErrorEvent errorEventAfter(int tokens) {
        return new StreamFault.ErrorEvent(tokens, 529);
    }

    /** After n tokens an event whose JSON is broken, then the rest; a plain answer is cut JSON of the right length. */
    static SimulatedFault malformedJson(int afterTokens) {
        return new StreamFault.MalformedJson(afterTokens);
    }

    /** After n tokens a chunk whose size is no number. */
    static SimulatedFault badChunkSize(int afterTokens) {
        return new StreamFault.BadChunkSize(afterTokens);
    }

    /** Status 200 and the error page of a content delivery network. */
    static SimulatedFault htmlWith200() {
        return new BodyFault.HtmlWith200();
    }

    /** Status 200 and this JSON, also where a stream was asked for. */
    static SimulatedFault errorIn200(String json) {
        return new BodyFault.ErrorIn200(json);
    }

    /** A regular answer that says nothing. */
    static SimulatedFault emptyCompletion() {
        return new BodyFault.Ok(SimulatedCompletion.empty());
    }

    /** A plain JSON answer although a stream was asked for. */
    static SimulatedFault jsonForStream() {
        return new BodyFault.JsonForStream();
    }

    /** These server-sent events, written so many bytes at a time. */
    static SimulatedFault rawSse(String text, int splitEvery) {
        return new BodyFault.RawSse(text, splitEvery);
    }

    /** A good answer, written so many bytes at a time. */
    static SimulatedFault sliced(int splitEvery) {
        return new BodyFault.RawSse(null, splitEvery);
    }

    /** A good answer, compressed whether the client likes it or not; a stream is flushed with every event. */
    static SimulatedFault gzip() {
        return new BodyFault.Gzip();
    }
}
