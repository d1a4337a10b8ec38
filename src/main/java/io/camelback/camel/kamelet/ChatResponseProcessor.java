package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamCommitMode;
import io.camelback.config.LimitSettings;
import io.camelback.failure.FailureKind;
import io.camelback.failure.InBandErrorDetector;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ArgumentNames;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ToolNames;
import io.camelback.stream.AnswerStream;
import io.camelback.stream.ArgumentNameStream;
import io.camelback.stream.BufferedChatStream;
import io.camelback.stream.ContinuationStream;
import io.camelback.stream.DeliveredText;
import io.camelback.stream.FirstTokenStream;
import io.camelback.stream.ForeignTurnGuard;
import io.camelback.stream.ProviderStream;
import io.camelback.stream.StopSequenceAnswer;
import io.camelback.stream.StopSequenceStream;
import io.camelback.stream.TeeStream;
import io.camelback.stream.ToolNameStream;
import io.camelback.upstream.SseReader;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** A Kamelet's last move for chats. A stream returns once its first content is here. */
public final class ChatResponseProcessor extends ProviderResponseProcessor {
    private final ProviderCodec codec;
    private final QualityFilter quality;
    private final LimitSettings limits;
    private final Clock clock;
    private final CamelContext context;

    /** @param context where chains are called again for the rest of an answer */
    public ChatResponseProcessor(
            ProviderCodec codec, QualityFilter quality, LimitSettings limits, Clock clock, CamelContext context) {
        super("limits.answer", limits.answer());
        this.limits = limits;
        this.context = context;
        this.codec = codec;
        this.quality = quality;
        this.clock = clock;
    }

    @Override
    Reply answered(ProviderAttempt attempt, ObjectNode body) {
        ChatAnswer answer = codec.readAnswer(attempt.translation().received(body));
        attempt.usage().onCompleteAnswer(answer);
        return complete(
                attempt,
                StopSequenceAnswer.of(isForeign(attempt) ? ForeignTurnGuard.of(answer) : answer, stops(attempt)));
    }

    /** Whether the caller speaks another dialect than the provider. */
    private boolean isForeign(ProviderAttempt attempt) {
        ChatRequest.Original original = attempt.context().effectiveRequest().original();
        return original == null || !original.dialect().equals(codec.name());
    }

    /** Whether nothing of a stream may be forgotten before its end. */
    private boolean isKept(ProviderAttempt attempt) {
        RequestContext requestContext = attempt.context();
        return !requestContext.effectiveRequest().stream()
                || requestContext.commit() == StreamCommitMode.FULL
                || requestContext.commit() == StreamCommitMode.CONTINUE
                || quality.applies(requestContext)
                || isRetold(attempt);
    }

    /** Whether its caller gets all of it once more in the end, as Responses has it. */
    private boolean isRetold(ProviderAttempt attempt) {
        ChatRequest.Original original = attempt.context().effectiveRequest().original();
        return original != null && original.dialect().equals(ProtocolNames.RESPONSES) && isForeign(attempt);
    }

    /** A server that does not say which model has answered means the one that was asked. */
    private static ChatAnswer named(ProviderAttempt attempt, ChatAnswer answer) {
        return answer.model() != null
                ? answer
                : new ChatAnswer(
                        answer.id(),
                        attempt.deployment().model(),
                        answer.created(),
                        answer.choices(),
                        answer.usage(),
                        answer.original());
    }

    private Reply complete(ProviderAttempt attempt, ChatAnswer unnamed) {
        ChatAnswer answer = named(attempt, unnamed);
        if (answer.choices().stream().allMatch(ChatResponseProcessor::isBlank)) {
            if (answer.choices().stream().anyMatch(ChatResponseProcessor::isThought)) {
                quality.thoughtOnly(attempt, attempt.translation().toolNames().received(answer));
                attempt.succeed();
                return attempt.translation().toolNames().received(answer);
            }
            FirstTokenStream.checkEmpty(
                    answer.choices().stream().map(ChatAnswer.Choice::finish).toList(), quotaStops(attempt));
        }
        if (answer.choices().stream()
                .anyMatch(choice -> InBandErrorDetector.isFault(choice.finish().raw()))) {
            throw new ProviderException(
                    FailureKind.SERVER, 200, "upstream_error", "the provider stopped with an error", null);
        }
        ChatAnswer received = attempt.translation().toolNames().received(answer);
        if (attempt.context().sent() != null) {
            return attempt.complete(ContinuationStream.of(
                    new AnswerStream(received), attempt.context().sent()));
        }
        quality.check(attempt, received, received);
        attempt.succeed();
        return received;
    }

    private static Set<String> quotaStops(ProviderAttempt attempt) {
        return attempt.deployment().provider().quotaStops();
    }

    /** Whether the model stopped by itself and has shown nothing but its reasoning. */
    private static boolean isThought(ChatAnswer.Choice choice) {
        return choice.finish().reason() == FinishReason.Kind.STOP
                && choice.parts().stream()
                        .anyMatch(part -> part instanceof Part.Thinking thinking
                                && !thinking.text().isBlank());
    }

    private static boolean isBlank(ChatAnswer.Choice choice) {
        return choice.parts().stream()
                .allMatch(part ->
                        part instanceof Part.Text text && text.text().isBlank() || part instanceof Part.Thinking);
    }

    @Override
    Reply streamed(ProviderAttempt attempt, InputStream bytes) {
        ChatRequest request = attempt.context().effectiveRequest();
        if (isKept(attempt)) {
            attempt.bounds().keepAll();
        }
        SseReader events = new SseReader(bytes, limits.event(), attempt.bounds().lease());
        ChatStream stream = new ProviderStream(events, codec, attempt.streamOwner());
        boolean foreign = isForeign(attempt);
        stream = FirstTokenStream.of(
                foreign ? new ForeignTurnGuard(stream) : stream, quotaStops(attempt), limits.silence());
        List<String> stops = stops(attempt);
        stream = StopSequenceStream.of(stream, stops, request.candidates(), attempt.usage()::onStopSequence);
        if (request.stream()) {
            return commit(attempt, named(stream, attempt.translation().toolNames()));
        }
        AnswerCollector collector = stops.isEmpty() ? codec.collector() : AnswerCollector.ofEvents();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            collector.add(chunk);
        }
        ChatAnswer answer = collector.answer(clock.instant().getEpochSecond());
        return complete(attempt, foreign ? ForeignTurnGuard.of(answer) : answer);
    }

    private List<String> stops(ProviderAttempt attempt) {
        return codec.unsentStops(
                attempt.context().effectiveRequest(), ChatRequestProcessor.target(attempt.deployment()));
    }

    /**
     * By the caller's wish, no more of the stream is let out than is safe: what breaks in here is for the next link.
     */
    private ChatStream commit(ProviderAttempt attempt, ChatStream stream) {
        RequestContext requestContext = attempt.context();
        if (requestContext.sent() != null) {
            return attempt.commit(ContinuationStream.of(stream, requestContext.sent()));
        }
        if (quality.applies(requestContext)) {
            boolean changed = !stops(attempt).isEmpty() || attempt.translation().toolNames() != ToolNames.UNCHANGED;
            AnswerCollector collector = changed ? AnswerCollector.ofEvents() : codec.collector();
            BufferedChatStream held = BufferedChatStream.whole(new TeeStream(stream, collector), limits.held());
            if (held.isThoughtOnly()) {
                quality.thoughtOnly(attempt, held);
            } else {
                quality.check(attempt, collector.answer(clock.instant().getEpochSecond()), held);
            }
            return attempt.complete(held);
        }
        StreamCommitMode commit = requestContext.commit();
        if (commit == StreamCommitMode.CONTINUE
                && requestContext.chain() != null
                && DeliveredText.continuable(requestContext.effectiveRequest())) {
            return new MidStreamFailoverStream(attempt.commit(stream), requestContext, context);
        }
        if (!commit.holds()) {
            return attempt.commit(stream);
        }
        BufferedChatStream held = commit == StreamCommitMode.FULL
                ? BufferedChatStream.whole(stream, limits.held())
                : BufferedChatStream.calls(stream, limits.held());
        if (held.isWhole() && held.isThoughtOnly()) {
            quality.thoughtOnly(attempt, held);
        }
        return held.isWhole() ? attempt.complete(held) : attempt.commit(held);
    }

    private static ChatStream named(ChatStream stream, ToolNames names) {
        if (names == ToolNames.UNCHANGED) {
            return stream;
        }
        ChatStream named = new ToolNameStream(stream, names);
        return names.arguments() == ArgumentNames.UNCHANGED ? named : new ArgumentNameStream(named, names.arguments());
    }
}
