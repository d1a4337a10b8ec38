package io.camelback.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import java.util.List;

/**
 * Estimates the tokens of a request with the tokenizer of OpenAI's newer models ({@code o200k_base}). Other providers
 * cut text differently; Claude's newest tokenizer makes about a third more of it.
 */
public final class TokenEstimate {
    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    /** What a message's frame costs, by OpenAI's cookbook. */
    static final int PER_MESSAGE = 4;
    /** An image of ordinary size. */
    private static final int PER_IMAGE = 1_000;
    /** A page or so of a document that is not text. */
    private static final int PER_DOCUMENT = 2_000;

    private TokenEstimate() {}

    /** For a request of any size in some 50 milliseconds at most: of megabytes, a part is counted. */
    public static long of(ChatRequest request) {
        TextSample texts = new TextSample();
        long others = 0;
        for (Message message : request.messages()) {
            others += PER_MESSAGE + add(message.parts(), texts);
        }
        for (Tool tool : request.tools()) {
            texts.add(tool.name());
            texts.add(tool.description());
            texts.add(tool.parameters() == null ? null : Json.text(tool.parameters()));
        }
        return others + count(texts);
    }

    private static long count(TextSample texts) {
        return texts.tokens(ENCODING::countTokensOrdinary);
    }

    private static long add(List<Part> parts, TextSample texts) {
        long others = 0;
        for (Part part : parts) {
            others += add(part, texts);
        }
        return others;
    }

    /** @return the tokens of what is no text */
    private static long add(Part part, TextSample texts) {
        if (part instanceof Part.Text text) {
            texts.add(text.text());
        } else if (part instanceof Part.Image) {
            return PER_IMAGE;
        } else if (part instanceof Part.Document || part instanceof Part.Audio) {
            return PER_DOCUMENT;
        } else if (part instanceof Part.ToolCall call) {
            texts.add(call.name());
            texts.add(call.arguments());
        } else if (part instanceof Part.ToolResult result) {
            return add(result.content(), texts);
        } else if (part instanceof Part.Thinking thinking) {
            texts.add(thinking.text());
        } else if (part instanceof Part.Refusal refusal) {
            texts.add(refusal.text());
        }
        return 0;
    }

    static long of(Part part) {
        TextSample texts = new TextSample();
        return add(part, texts) + count(texts);
    }

    /** Of a piece of text; 0 for none. */
    public static long of(String text) {
        return of(List.of(text == null ? "" : text));
    }

    /** Of several texts together. */
    public static long of(List<String> texts) {
        TextSample sample = new TextSample();
        texts.forEach(sample::add);
        return count(sample);
    }
}
