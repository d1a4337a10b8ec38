package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.dialect.Account;
import io.camelback.dialect.Json;
import io.camelback.dialect.Target;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.routing.TokenEstimate;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * {@code POST /v1/messages/count_tokens}: the provider's own count, where the first link that would be asked is one of
 * Anthropic's and tells in time; otherwise an estimate, marked as one by the header {@code x-camelback-estimated}. Nobody's
 * health is judged by it, and nothing is sent twice: whoever counts can do with an estimate.
 */
final class CountTokens {
    private static final String VARIABLE = "camelbackCount";
    /** The variable that names the Kamelet's route which shall count; there is none when nobody can. */
    private static final String COUNTER = "camelbackCounter";
    /** What the provider takes here; a limit, a temperature and the like are refused. */
    private static final List<String> COUNTED = List.of("model", "messages", "system", "tools", "tool_choice", "thinking");
    /** So high that no budget for thinking is cut to fit below it. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int MOST_BYTES = 1 << 16;

    private final AnthropicDoor door = new AnthropicDoor();
    private final AnthropicDialect dialect = new AnthropicDialect();
    private final Function<String, Optional<Deployment>> first;

    /** @param first the deployment that would be asked first for a model's name */
    CountTokens(Function<String, Optional<Deployment>> first) {
        this.first = first;
    }

    /** One request to count, on its way. */
    private static final class Count {
        private final ChatRequest request;
        private final Deployment counter;
        private final Map<String, String> forwarded;
        private Long exact;

        Count(ChatRequest request, Deployment counter, Map<String, String> forwarded) {
            this.request = request;
            this.counter = counter;
            this.forwarded = forwarded;
        }
    }

    /** The Kamelet's route for a deployment: no name of an operator's begins like this. */
    static String route(Deployment deployment) {
        return "_count-" + deployment.name();
    }

    static boolean counts(Deployment deployment) {
        return deployment.kamelet().equals("anthropic-chat-action");
    }

    Processor read() {
        return exchange -> {
            Message in = exchange.getMessage();
            exchange.setProperty(HttpReply.REQUEST_ID, RequestIds.of(in.getHeader("x-request-id", String.class)));
            exchange.setProperty(HttpReply.DOOR, door);
            ObjectNode body = RequestBody.parse(RequestBody.bytes(in.getBody()));
            ObjectNode whole = Json.object().put("max_tokens", NO_LIMIT);
            whole.setAll(body);
            ChatRequest request = door.readRequest(whole);
            Deployment counter = first.apply(request.model()).filter(CountTokens::counts).orElse(null);
            exchange.setVariable(VARIABLE, new Count(request, counter, Accept.forwarded(in)));
            exchange.setMessage(new DefaultMessage(exchange));
            if (counter != null) {
                exchange.setVariable(COUNTER, route(counter));
            }
        };
    }

    Processor send() {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            Deployment counter = count.counter;
            Target target = new Target(counter.model(), 0, counter.refuses(), counter.provider().name());
            ObjectNode body = dialect.writeRequest(
                    new Account(dialect, counter.provider().name()).sent(count.request), target, false);
            Message message = exchange.getMessage();
            count.forwarded.forEach(message::setHeader);
            counter.provider().headers().forEach(message::setHeader);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(Json.bytes(body.retain(COUNTED)));
        };
    }

    Processor receive() {
        return exchange -> {
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
            if (status != 200 || !(exchange.getMessage().getBody() instanceof InputStream stream)) {
                return;
            }
            JsonNode tokens = Json.read(stream.readNBytes(MOST_BYTES)).path("input_tokens");
            if (tokens.canConvertToLong() && tokens.isIntegralNumber() && tokens.longValue() >= 0) {
                exchange.getVariable(VARIABLE, Count.class).exact = tokens.longValue();
            }
        };
    }

    Processor reply() {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            Message message = new DefaultMessage(exchange);
            ReplyHeaders.of(exchange.getProperty(HttpReply.REQUEST_ID, "", String.class)).forEach(message::setHeader);
            if (count.exact != null) {
                message.setHeader("x-camelback-model", count.counter.name());
            } else {
                message.setHeader("x-camelback-estimated", "true");
            }
            long tokens = count.exact != null ? count.exact : TokenEstimate.of(count.request);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(Buffer.buffer(Json.bytes(Json.object().put("input_tokens", tokens))));
            exchange.setMessage(message);
        };
    }
}
