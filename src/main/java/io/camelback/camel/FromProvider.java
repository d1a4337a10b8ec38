package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.chat.Declined;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.AnswerCollector;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Json;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.failure.ProviderFailure;
import io.camelback.http.SseReader;
import io.camelback.stream.Peeked;
import io.camelback.stream.ProviderStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * A Kamelet's last move: what the provider sent, as an answer, a stream or a refusal of the caller's request, which return,
 * or as a failure, which is thrown, so that the chain goes on. A stream returns once its first content is here.
 */
final class FromProvider implements Processor {
    /** The longest event of a stream: a final event may hold a whole answer with images. */
    private static final int MAX_EVENT = 16 << 20;
    /** The longest answer that is one JSON body. */
    private static final int MAX_ANSWER = 64 << 20;

    private final Dialect dialect;
    private final Clock clock;

    FromProvider(Dialect dialect, Clock clock) {
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        LiveAttempt attempt = LiveAttempt.of(exchange);
        Reply reply;
        try {
            reply = read(exchange, attempt);
        } catch (MalformedAnswer e) {
            throw attempt.fail(new ProviderFailure(FailureKind.PROTOCOL, 200, "malformed_answer", e.getMessage(), null));
        } catch (IOException e) {
            throw attempt.fail(attempt.broken(e));
        } catch (ProviderFailure e) {
            reply = declineOrThrow(attempt.fail(e));
        }
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage().setBody(reply);
    }

    private Reply read(Exchange exchange, LiveAttempt attempt) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status != 200) {
            return declineOrThrow(attempt.fail(attempt.refused()));
        }
        PushbackInputStream bytes = new PushbackInputStream(body(exchange), 1);
        int first = firstByte(bytes);
        if (first == '{' || first == '[') {
            attempt.progress();
            return answered(attempt, bytes);
        }
        if (first == '<' || first < 0) {
            throw malformed(first < 0 ? "an empty body" : "HTML with status 200");
        }
        return streamed(attempt, bytes);
    }

    private static InputStream body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof InputStream stream ? stream : new ByteArrayInputStream(new byte[0]);
    }

    /** Some servers send blank lines to keep the connection alive before they answer. */
    private static int firstByte(PushbackInputStream bytes) throws IOException {
        int first = bytes.read();
        while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
            first = bytes.read();
        }
        if (first >= 0) {
            bytes.unread(first);
        }
        return first;
    }

    /** A request that is itself at fault is answered: another link would refuse it too. */
    private static Reply declineOrThrow(ProviderFailure failure) {
        if (failure.kind() == FailureKind.CALLER || failure.kind() == FailureKind.POLICY) {
            return new Declined(ErrorEnvelope.declined(failure));
        }
        throw failure;
    }

    private Reply answered(LiveAttempt attempt, InputStream bytes) throws IOException {
        byte[] all = bytes.readNBytes(MAX_ANSWER + 1);
        if (all.length > MAX_ANSWER) {
            throw malformed("an answer of more than 64 MiB");
        }
        JsonNode json = parse(all);
        if (ProviderErrorReader.isError(json)) {
            return declineOrThrow(attempt.fail(attempt.inBand(json)));
        }
        if (!(json instanceof ObjectNode object)) {
            throw malformed("no JSON object");
        }
        return complete(attempt, dialect.readAnswer(object));
    }

    private static JsonNode parse(byte[] json) {
        try {
            return Json.read(json);
        } catch (IOException e) {
            throw malformed("broken JSON");
        }
    }

    private static Reply complete(LiveAttempt attempt, ChatAnswer answer) {
        boolean said = answer.choices().stream()
                .anyMatch(choice -> !isBlank(choice) || Peeked.excusesEmptiness(choice.finish()));
        if (!said) {
            throw Peeked.empty();
        }
        if (answer.choices().stream().anyMatch(choice -> "error".equals(choice.finish().raw()))) {
            throw new ProviderFailure(FailureKind.SERVER, 200, "upstream_error", "the provider stopped with an error", null);
        }
        attempt.answered();
        return answer;
    }

    private static boolean isBlank(ChatAnswer.Choice choice) {
        return choice.parts().stream().allMatch(part -> part instanceof Part.Text text && text.text().isBlank()
                || part instanceof Part.Thinking);
    }

    private Reply streamed(LiveAttempt attempt, InputStream bytes) {
        ChatRequest request = attempt.call().request();
        ChatStream stream = Peeked.of(new ProviderStream(new SseReader(bytes, MAX_EVENT), dialect, ProviderErrorReader::isError,
                attempt));
        if (request.stream()) {
            return attempt.commit(stream);
        }
        AnswerCollector collector = dialect.collector();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            collector.add(chunk);
        }
        return complete(attempt, collector.answer(clock.instant().getEpochSecond()));
    }

    private static ProviderFailure malformed(String what) {
        return new ProviderFailure(FailureKind.PROTOCOL, 200, "malformed_answer", what, null);
    }
}
