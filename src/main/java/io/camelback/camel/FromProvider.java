package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.chat.Commit;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.StreamChunk;
import io.camelback.config.LimitSettings;
import io.camelback.dialect.AnswerCollector;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.ToolNames;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.failure.FailureKind;
import io.camelback.failure.InBandErrorDetector;
import io.camelback.failure.ProviderFailure;
import io.camelback.http.SseReader;
import io.camelback.stream.AnswerStream;
import io.camelback.stream.Held;
import io.camelback.stream.Joined;
import io.camelback.stream.NamedStream;
import io.camelback.stream.Peeked;
import io.camelback.stream.ProviderStream;
import io.camelback.stream.SentText;
import io.camelback.stream.StoppedAnswer;
import io.camelback.stream.StoppedStream;
import io.camelback.stream.Teed;
import io.camelback.stream.WholeTurn;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** A Kamelet's last move for chats. A stream returns once its first content is here. */
final class FromProvider extends AnswerReading {
    private final Dialect dialect;
    private final QualityGate quality;
    private final LimitSettings limits;
    private final Clock clock;
    private final CamelContext context;

    /** @param context where chains are asked anew for the rest of an answer */
    FromProvider(Dialect dialect, QualityGate quality, LimitSettings limits, Clock clock, CamelContext context) {
        super("limits.answer", limits.answer());
        this.limits = limits;
        this.context = context;
        this.dialect = dialect;
        this.quality = quality;
        this.clock = clock;
    }

    @Override
    Reply answered(LiveAttempt attempt, ObjectNode body) {
        ChatAnswer answer = dialect.readAnswer(attempt.received(body));
        attempt.use().came(answer);
        return complete(attempt, StoppedAnswer.of(isForeign(attempt) ? WholeTurn.of(answer) : answer, stops(attempt)));
    }

    /** Whether the caller speaks another dialect than the provider. */
    private boolean isForeign(LiveAttempt attempt) {
        ChatRequest.Original original = attempt.call().request().original();
        return original == null || !original.dialect().equals(dialect.name());
    }

    /** Whether nothing of a stream may be forgotten before its end. */
    private boolean isKept(LiveAttempt attempt) {
        Call call = attempt.call();
        return !call.request().stream() || call.commit() == Commit.FULL || call.commit() == Commit.CONTINUE
                || quality.applies(call) || isRetold(attempt);
    }

    /** Whether its caller gets all of it once more in the end, as Responses has it. */
    private boolean isRetold(LiveAttempt attempt) {
        ChatRequest.Original original = attempt.call().request().original();
        return original != null && original.dialect().equals(ResponsesDialect.NAME) && isForeign(attempt);
    }

    private Reply complete(LiveAttempt attempt, ChatAnswer answer) {
        if (answer.choices().stream().allMatch(FromProvider::isBlank)) {
            Peeked.checkEmpty(answer.choices().stream().map(ChatAnswer.Choice::finish).toList(), quotaStops(attempt));
        }
        if (answer.choices().stream().anyMatch(choice -> InBandErrorDetector.isFault(choice.finish().raw()))) {
            throw new ProviderFailure(FailureKind.SERVER, 200, "upstream_error", "the provider stopped with an error", null);
        }
        ChatAnswer received = attempt.translated().toolNames().received(answer);
        if (attempt.call().sent() != null) {
            return attempt.complete(Joined.of(new AnswerStream(received), attempt.call().sent()));
        }
        quality.check(attempt, received, received);
        attempt.answered();
        return received;
    }

    private static Set<String> quotaStops(LiveAttempt attempt) {
        return attempt.deployment().provider().quotaStops();
    }

    private static boolean isBlank(ChatAnswer.Choice choice) {
        return choice.parts().stream().allMatch(part -> part instanceof Part.Text text && text.text().isBlank()
                || part instanceof Part.Thinking);
    }

    @Override
    Reply streamed(LiveAttempt attempt, InputStream bytes) {
        ChatRequest request = attempt.call().request();
        if (isKept(attempt)) {
            attempt.bounds().keepAll();
        }
        SseReader events = new SseReader(bytes, limits.event(), attempt.bounds().lease());
        ChatStream stream = new ProviderStream(events, dialect, attempt);
        boolean foreign = isForeign(attempt);
        stream = Peeked.of(foreign ? new WholeTurn(stream) : stream, quotaStops(attempt), limits.silence());
        List<String> stops = stops(attempt);
        stream = StoppedStream.of(stream, stops, request.candidates(), attempt.use()::cut);
        if (request.stream()) {
            return commit(attempt, named(stream, attempt.translated().toolNames()));
        }
        AnswerCollector collector = stops.isEmpty() ? dialect.collector() : AnswerCollector.ofEvents();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            collector.add(chunk);
        }
        ChatAnswer answer = collector.answer(clock.instant().getEpochSecond());
        return complete(attempt, foreign ? WholeTurn.of(answer) : answer);
    }

    private List<String> stops(LiveAttempt attempt) {
        return dialect.unsentStops(attempt.call().request(), ToProvider.target(attempt.deployment()));
    }

    /** By the caller's wish, no more of the stream is let out than is safe: what breaks in here is for the next link. */
    private ChatStream commit(LiveAttempt attempt, ChatStream stream) {
        Call call = attempt.call();
        if (call.sent() != null) {
            return attempt.commit(Joined.of(stream, call.sent()));
        }
        if (quality.applies(call)) {
            boolean changed = !stops(attempt).isEmpty() || attempt.translated().toolNames() != ToolNames.UNCHANGED;
            AnswerCollector collector = changed ? AnswerCollector.ofEvents() : dialect.collector();
            Held held = Held.whole(new Teed(stream, collector), limits.held());
            quality.check(attempt, collector.answer(clock.instant().getEpochSecond()), held);
            return attempt.complete(held);
        }
        Commit commit = call.commit();
        if (commit == Commit.CONTINUE && call.chain() != null && SentText.continuable(call.request())) {
            return new ContinuedStream(attempt.commit(stream), call, context);
        }
        if (!commit.holds()) {
            return attempt.commit(stream);
        }
        Held held = commit == Commit.FULL ? Held.whole(stream, limits.held()) : Held.calls(stream, limits.held());
        return held.isWhole() ? attempt.complete(held) : attempt.commit(held);
    }

    private static ChatStream named(ChatStream stream, ToolNames names) {
        return names == ToolNames.UNCHANGED ? stream : new NamedStream(stream, names);
    }
}
