package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.attempt.AnswerBounds;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.chat.RequestRejected;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureKind;
import io.camelback.failure.InBandErrorDetector;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.upstream.BoundedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * A Kamelet's last move: what the provider sent, as an answer or a refusal of the caller's request, which return, or as
 * a failure, which is thrown, so that the chain goes on.
 */
abstract class ProviderResponseProcessor implements Processor {
    private final String limit;
    private final int maxAnswer;

    /**
     * @param limit the key of the limit, for the log
     * @param maxAnswer the longest answer that is one JSON body, in bytes
     */
    ProviderResponseProcessor(String limit, int maxAnswer) {
        this.limit = limit;
        this.maxAnswer = maxAnswer;
    }

    /** The answer in a JSON body that is no error; a null is a body of null. */
    abstract Object answered(ProviderAttempt attempt, ObjectNode body);

    /** What came instead of JSON. */
    Object streamed(ProviderAttempt attempt, InputStream bytes) {
        throw malformed("no JSON object");
    }

    @Override
    public final void process(Exchange exchange) {
        ProviderAttempt attempt = ProviderAttempt.of(exchange);
        Object reply;
        try {
            reply = read(exchange, attempt);
        } catch (MalformedResponseException e) {
            throw attempt.fail(
                    new ProviderException(FailureKind.PROTOCOL, 200, "malformed_answer", e.getMessage(), null));
        } catch (IOException e) {
            throw attempt.fail(attempt.failureMapper().of(e));
        } catch (ProviderException e) {
            reply = declineOrThrow(attempt.fail(e));
        } catch (RuntimeException | Error fault) {
            if (ExhaustionErrorMapper.exhausts(fault)) {
                throw fault;
            }
            throw attempt.failInside(fault);
        }
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage().setBody(reply);
    }

    private Object read(Exchange exchange, ProviderAttempt attempt) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status != 200) {
            return declineOrThrow(attempt.fail(attempt.refused()));
        }
        attempt.onResponseHeaders();
        PushbackInputStream bytes = new PushbackInputStream(body(exchange), 1);
        int first = firstByte(bytes);
        if (first == '{' || first == '[') {
            attempt.onFirstToken();
            return whole(attempt, bytes);
        }
        if (first == '<' || first < 0) {
            throw malformed(
                    attempt, first < 0 ? "an empty body" : "HTML with status 200", MalformedBodyLogger.page(bytes));
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
    private static RequestRejected declineOrThrow(ProviderException failure) {
        if (failure.kind().answers()) {
            return new RequestRejected(ErrorEnvelope.declined(failure));
        }
        throw failure;
    }

    private Object whole(ProviderAttempt attempt, InputStream bytes) throws IOException {
        byte[] all = BoundedBody.read(bytes, maxAnswer, attempt.bounds().lease())
                .orElseThrow(() -> AnswerBounds.tooLarge(limit, maxAnswer));
        attempt.bounds().parsing(all);
        JsonNode json = parse(attempt, all);
        if (InBandErrorDetector.isError(json)) {
            return declineOrThrow(attempt.fail(attempt.failureMapper().of(json)));
        }
        if (!(json instanceof ObjectNode object)) {
            throw malformed(attempt, "no JSON object", all);
        }
        try {
            return answered(attempt, object);
        } catch (MalformedResponseException e) {
            throw malformed(attempt, e.getMessage(), all);
        }
    }

    private static JsonNode parse(ProviderAttempt attempt, byte[] json) {
        try {
            return Json.read(json);
        } catch (IOException e) {
            throw malformed(attempt, "broken JSON", json);
        }
    }

    private static ProviderException malformed(ProviderAttempt attempt, String what, byte[] body) {
        MalformedBodyLogger.log(attempt, what, body);
        return malformed(what);
    }

    static ProviderException malformed(String what) {
        return new ProviderException(FailureKind.PROTOCOL, 200, "malformed_answer", what, null);
    }
}
