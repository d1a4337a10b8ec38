package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.feature.RequiredFeatures;
import io.camelback.protocol.gemini.GeminiModelName;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiTools;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Speaks to Gemini in its own dialect, {@code generateContent}. Tool-call ids are sent only where the caller set them
 * in this dialect: older models refuse them, and Gemini matches results to calls by name and order.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generateContent</a>
 */
public final class GeminiProviderCodec implements ProviderCodec {
    @Override
    public String name() {
        return ProtocolNames.GEMINI;
    }

    @Override
    public Pattern toolNames() {
        return GeminiTools.NAME;
    }

    /**
     * The URL path of a model, below the API version ({@code v1beta/}).
     *
     * @param model the provider's name for it, with or without {@code models/}
     */
    public static String path(String model, boolean stream) {
        String encoded = URLEncoder.encode(GeminiModelName.bare(model), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "models/" + encoded + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    @Override
    public SignatureLocator signatures() {
        return GeminiSignatureLocator.INSTANCE;
    }

    /**
     * A request that was received in this dialect is passed through, with what the target refuses replaced; for Gemma
     * it is written anew, as Gemma knows no system instruction.
     */
    @Override
    public ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream) {
        RequiredFeatures.check(request, target);
        boolean passed = request.original() != null
                && ProtocolNames.GEMINI.equals(request.original().dialect())
                && !GeminiModelTraits.of(target.model()).gemma();
        return passed
                ? GeminiPassThrough.write(request.original().body(), target)
                : new GeminiRequestWriter(request, target).write();
    }

    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return new GeminiAnswerReader(body).read();
    }

    @Override
    public StreamReader streamReader() {
        return new GeminiStreamReader();
    }

    /** Merges chunks into the body that Gemini would have sent at once, fields unknown to us included. */
    @Override
    public AnswerCollector collector() {
        return new GeminiCollector();
    }
}
