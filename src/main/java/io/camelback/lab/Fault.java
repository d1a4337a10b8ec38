package io.camelback.lab;

import io.camelback.lab.StreamFault.CutAfter.Cut;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one request is answered: as it should be, or wrongly in one exact way. Immutable; played in the dialect of the
 * request, streamed when that asks for a stream. "After n tokens" means after n pieces of text, of reasoning, or of a tool
 * call's arguments; an answer with fewer pieces is played up to its last one, without its end.
 */
public sealed interface Fault permits ConnectionFault, TimeFault, StreamFault, BodyFault {

    /** What the connection has to do. */
    List<Step> steps(Answer answer);

    /** No fault: the provider's own completion. */
    static Fault ok() {
        return new BodyFault.Ok(null);
    }

    /** No fault, and other words than the provider's usual ones. */
    static Fault ok(Completion completion) {
        return new BodyFault.Ok(completion);
    }

    /** A status with the dialect's own error body; add to it with {@link BodyFault.Status#header} and {@code body}. */
    static BodyFault.Status status(int status) {
        return new BodyFault.Status(status, Map.of(), null);
    }

    /** RST as soon as a new connection is there, before anything is read; on a kept-alive one, instead of the answer. */
    static Fault resetAtConnect() {
        return new ConnectionFault.ResetAtConnect();
    }

    /** RST once the request was read. */
    static Fault resetBeforeHeaders() {
        return new ConnectionFault.ResetBeforeHeaders();
    }

    /** FIN once the request was read. */
    static Fault closeBeforeHeaders() {
        return new ConnectionFault.CloseBeforeHeaders();
    }

    /** Exactly these bytes instead of an HTTP answer, then FIN. */
    static Fault rawBytes(byte[] response) {
        return new ConnectionFault.RawBytes(response);
    }

    /** Reads the request and never answers. */
    static Fault silence() {
        return new TimeFault.Silence();
    }

    /** A good answer, late. */
    static Fault slowHeaders(Duration delay) {
        return new TimeFault.SlowHeaders(delay);
    }

    /** Headers at once, then nothing for a while, then a good answer. */
    static Fault slowFirstToken(Duration delay) {
        return new TimeFault.SlowFirstToken(delay, null);
    }

    /** Headers and opening events at once, then only pings or comments for a while, then the rest of a good answer. */
    static Fault pingsBeforeFirstToken(Duration delay, Duration pingEvery) {
        return new TimeFault.SlowFirstToken(delay, pingEvery);
    }

    /** Stops after n tokens and keeps the connection open. */
    static Fault stallAfter(int tokens) {
        return new TimeFault.StallAfter(tokens);
    }

    /** A whole stream with its last event, and a connection that stays open: the HTTP answer never ends. */
    static Fault lingerAfterDone() {
        return new TimeFault.LingerAfterDone();
    }

    /** FIN after n tokens, in the middle of the HTTP answer; a plain answer is shorter than its Content-Length says. */
    static Fault cutAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.FIN);
    }

    /** RST after n tokens. */
    static Fault resetAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.RESET);
    }

    /** After n tokens the HTTP answer ends in good order, but nothing says that the model was done. */
    static Fault endAfter(int tokens) {
        return new StreamFault.CutAfter(tokens, Cut.END);
    }

    /** Says why the model stopped, but leaves out the terminal event ({@code [DONE]}, {@code message_stop}). */
    static Fault finishWithoutDone() {
        return new StreamFault.FinishWithoutDone();
    }

    /** Status 200 and an error instead of the first token, after the opening events. */
    static StreamFault.ErrorEvent errorEventFirst() {
        return errorEventAfter(0);
    }

    /** An error inside the stream after n tokens; choose another than 529 with {@link StreamFault.ErrorEvent#status}. */
    static StreamFault.ErrorEvent errorEventAfter(int tokens) {
        return new StreamFault.ErrorEvent(tokens, 529);
    }

    /** After n tokens an event whose JSON is broken, then the rest; a plain answer is cut JSON of the right length. */
    static Fault malformedJson(int afterTokens) {
        return new StreamFault.MalformedJson(afterTokens);
    }

    /** After n tokens a chunk whose size is no number. */
    static Fault badChunkSize(int afterTokens) {
        return new StreamFault.BadChunkSize(afterTokens);
    }

    /** Status 200 and the error page of a content delivery network. */
    static Fault htmlWith200() {
        return new BodyFault.HtmlWith200();
    }

    /** Status 200 and this JSON, also where a stream was asked for. */
    static Fault errorIn200(String json) {
        return new BodyFault.ErrorIn200(json);
    }

    /** A regular answer that says nothing. */
    static Fault emptyCompletion() {
        return new BodyFault.Ok(Completion.empty());
    }

    /** A plain JSON answer although a stream was asked for. */
    static Fault jsonForStream() {
        return new BodyFault.JsonForStream();
    }

    /** These server-sent events, written so many bytes at a time. */
    static Fault rawSse(String text, int splitEvery) {
        return new BodyFault.RawSse(text, splitEvery);
    }

    /** A good answer, written so many bytes at a time. */
    static Fault sliced(int splitEvery) {
        return new BodyFault.RawSse(null, splitEvery);
    }

    /** A good answer, compressed whether the client likes it or not; a stream is flushed with every event. */
    static Fault gzip() {
        return new BodyFault.Gzip();
    }
}
