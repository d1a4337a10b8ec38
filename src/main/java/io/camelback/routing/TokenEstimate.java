package io.camelback.routing;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.dialect.Json;
import java.util.List;

/**
 * About how many tokens a request has, by the tokenizer of OpenAI's newer models ({@code o200k_base}). Other providers cut
 * text differently; Claude's newest tokenizer makes about a third more of it.
 */
public final class TokenEstimate {
    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    /**
     * Text is counted in pieces of so many characters, because the tokenizer needs many times the memory of a long word: of
     * 4 MiB of one letter, more than a gigabyte. It makes a difference of a token or two for each piece.
     */
    private static final int PIECE = 4 << 10;
    /** Of a longer text, so many pieces are counted, spread over all of it: whoever sends megabytes shall not cost seconds. */
    private static final int MOST_PIECES = 512;
    /** What a message's frame costs, by OpenAI's cookbook. */
    static final int PER_MESSAGE = 4;
    /** An image of ordinary size. */
    private static final int PER_IMAGE = 1_000;
    /** A page or so of a document that is not text. */
    private static final int PER_DOCUMENT = 2_000;

    private TokenEstimate() { }

    public static long of(ChatRequest request) {
        long tokens = 0;
        for (Message message : request.messages()) {
            tokens += PER_MESSAGE + of(message.parts());
        }
        for (Tool tool : request.tools()) {
            tokens += of(tool.name()) + of(tool.description()) + (tool.parameters() == null ? 0 : of(Json.text(tool.parameters())));
        }
        return tokens;
    }

    private static long of(List<Part> parts) {
        long tokens = 0;
        for (Part part : parts) {
            tokens += of(part);
        }
        return tokens;
    }

    static long of(Part part) {
        if (part instanceof Part.Text text) {
            return of(text.text());
        } else if (part instanceof Part.Image) {
            return PER_IMAGE;
        } else if (part instanceof Part.Document || part instanceof Part.Audio) {
            return PER_DOCUMENT;
        } else if (part instanceof Part.ToolCall call) {
            return of(call.name()) + of(call.arguments());
        } else if (part instanceof Part.ToolResult result) {
            return of(result.content());
        } else if (part instanceof Part.Thinking thinking) {
            return of(thinking.text());
        }
        return part instanceof Part.Refusal refusal ? of(refusal.text()) : 0;
    }

    /** Of a piece of text; 0 for none. */
    public static long of(String text) {
        return text == null || text.isEmpty() ? 0 : text.length() <= PIECE ? ENCODING.countTokensOrdinary(text) : inPieces(text);
    }

    private static long inPieces(String text) {
        int pieces = (text.length() + PIECE - 1) / PIECE;
        int counted = Math.min(pieces, MOST_PIECES);
        long tokens = 0;
        long characters = 0;
        for (int i = 0; i < counted; i++) {
            int from = (int) ((long) i * pieces / counted) * PIECE;
            int to = Math.min(text.length(), from + PIECE);
            tokens += ENCODING.countTokensOrdinary(text.substring(from, to));
            characters += to - from;
        }
        return counted == pieces ? tokens : Math.round((double) tokens * text.length() / characters);
    }
}
