package io.camelback.camel.accounting;

import io.camelback.camel.attempt.BillingTerms;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.pricing.Cost;
import io.camelback.pricing.ModelPrice;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The most that a request can cost at a deployment: all of its input fresh, or written to the prompt cache where that
 * is dearer, as much output as it allows, and all at the dearest tier that it allows. The input is our own count with
 * half of it on top, because other tokenizers cut text finer.
 */
final class MaxCostEstimator {
    /** Where neither the request nor the deployment limits the output. */
    static final long ASSUMED_OUTPUT = 32_000;
    /** What providers add of their own: the frame of a conversation, the explanation of tools. */
    private static final long FRAME = 500;
    /** What a large picture has over one of ordinary size. */
    private static final long PER_PICTURE = 4_000;
    /**
     * A document's page has some thousand tokens, and in base64 hardly less than so many characters for each of them.
     */
    private static final int CHARACTERS_PER_TOKEN = 2;
    /** A document that the provider fetches itself, so that nobody here knows its length. */
    private static final long SOMEWHERE_ELSE = 50_000;

    private MaxCostEstimator() {}

    /** @return in micro-dollars; empty when the price is not known */
    static OptionalLong of(RequestContext context, BillingTerms terms) {
        return of(context.analysis().inputTokens(), context, terms);
    }

    /** No less than {@link #of}, and known without reading the request with a tokenizer. */
    static OptionalLong bound(RequestContext context, BillingTerms terms) {
        return of(
                context.analysis().profile().length() == null
                        ? context.analysis().inputTokens()
                        : context.analysis().profile().length().most(),
                context,
                terms);
    }

    private static OptionalLong of(long tokens, RequestContext context, BillingTerms terms) {
        Deployment deployment = terms.deployment();
        ChatRequest request = context.effectiveRequest();
        long input = atMost(tokens) + (request == null ? 0 : attached(request));
        if (deployment.context() > 0) {
            input = Math.min(input, deployment.context());
        }
        long output = request == null ? 0 : output(request, deployment);
        PricedRequest priced = new PricedRequest(request, deployment, terms.others());
        long hour = priced.isCachedForHour() ? input : 0;
        long own = -1;
        for (ModelPrice price : priced.prices()) {
            own = Math.max(own, dearest(price, input, output, hour));
        }
        if (own < 0) {
            return OptionalLong.empty();
        }
        long sum = own + priced.toolCalls();
        if (!terms.dropped().contains(BillingTerms.PricedField.FALLBACKS)) {
            for (ModelPrice price : priced.fallbackPrices()) {
                sum += Math.max(0, dearest(price, input, output, hour));
            }
        }
        return OptionalLong.of(sum);
    }

    /** @param hour how many of the input tokens would be cached for an hour. @return negative when it is not known */
    private static long dearest(ModelPrice price, long input, long output, long hour) {
        BillingDetails cached = new BillingDetails(hour, null, Map.of(), List.of());
        return LongStream.of(
                        cost(price, new Usage(input, 0, 0, output, 0)),
                        cost(price, new Usage(input, 0, input, output, 0, cached)),
                        cost(price, new Usage(input, 0, 0, output, output)),
                        cost(price, new Usage(input, 0, input, output, output, cached)))
                .max()
                .getAsLong();
    }

    private static long cost(ModelPrice price, Usage usage) {
        return Cost.of(price, usage).map(Cost::microDollars).orElse(-1L);
    }

    private static long atMost(long counted) {
        return counted + counted / 2 + FRAME;
    }

    private static long attached(ChatRequest request) {
        return request.messages().stream()
                .mapToLong(message -> attached(message.parts()))
                .sum();
    }

    private static long attached(List<Part> parts) {
        long tokens = 0;
        for (Part part : parts) {
            if (part instanceof Part.Image) {
                tokens += PER_PICTURE;
            } else if (part instanceof Part.Document document) {
                tokens += attached(document.media());
            } else if (part instanceof Part.Audio audio) {
                tokens += attached(audio.media());
            } else if (part instanceof Part.ToolResult result) {
                tokens += attached(result.content());
            }
        }
        return tokens;
    }

    private static long attached(Part.Media media) {
        return media instanceof Part.Media.Inline inline
                ? inline.data().length() / CHARACTERS_PER_TOKEN
                : SOMEWHERE_ELSE;
    }

    private static long output(ChatRequest request, Deployment deployment) {
        long most = deployment.maxOutput() > 0 ? deployment.maxOutput() : Long.MAX_VALUE;
        long asked = request.maxOutputTokens() != null ? request.maxOutputTokens() : most;
        long one = Math.min(most, asked);
        return (one == Long.MAX_VALUE ? ASSUMED_OUTPUT : one) * Math.max(1, request.candidates());
    }
}
