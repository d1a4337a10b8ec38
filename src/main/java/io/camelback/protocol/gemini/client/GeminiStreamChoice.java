package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.TokenLogprob;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.gemini.GeminiFinishReason;
import io.camelback.protocol.gemini.GeminiGrounding;
import io.camelback.protocol.gemini.GeminiLogprobs;
import io.camelback.protocol.support.CitationOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One candidate of a stream that is made for a caller. Gemini tells a function call at once, so the pieces of one are
 * held until it is whole; half a character at the end of a piece is held until its other half comes.
 */
final class GeminiStreamChoice {
    /** How far back a cited segment's words are told too, in chars; of an earlier one only the place. */
    private static final int QUOTABLE = 32 << 10;

    private static final class Call {
        private final StreamEvent.ToolCallStarted started;
        private final StringBuilder arguments = new StringBuilder();

        Call(StreamEvent.ToolCallStarted started) {
            this.started = started;
        }
    }

    private final GeminiAnswerParts parts;
    private final TreeMap<Integer, Call> calls = new TreeMap<>();
    private final StringBuilder thinking = new StringBuilder();
    private final CitationOffsets text = new CitationOffsets(QUOTABLE);
    private final List<Citation> citations = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private int begun;
    private String heldText = "";
    private String heldThought = "";
    private boolean refused;
    private FinishReason finish = FinishReason.of(FinishReason.Kind.OTHER, null);

    GeminiStreamChoice(boolean showsThoughts) {
        this.parts = new GeminiAnswerParts(showsThoughts);
    }

    List<ObjectNode> text(String piece) {
        String whole = heldText + piece;
        heldText = half(whole);
        String said = whole.substring(0, whole.length() - heldText.length());
        List<ObjectNode> written = said.isEmpty() ? new ArrayList<>() : wholeCalls();
        if (!said.isEmpty()) {
            written.add(parts.text(said));
        }
        text.add(piece);
        return written;
    }

    List<ObjectNode> refusal(String piece) {
        refused = true;
        return text(piece);
    }

    List<ObjectNode> thinking(String piece) {
        thinking.append(piece);
        String whole = heldThought + piece;
        heldThought = half(whole);
        List<ObjectNode> written = piece.isEmpty() ? new ArrayList<>() : wholeCalls();
        addTo(written, parts.thought(whole.substring(0, whole.length() - heldThought.length())));
        return written;
    }

    List<ObjectNode> signed(String signature, String origin) {
        return proof(new Part.Thinking(thinking.toString(), signature, null, origin));
    }

    List<ObjectNode> redacted(String data, String origin) {
        return proof(new Part.Thinking("", null, data, origin));
    }

    void cited(Citation citation) {
        citations.add(citation);
    }

    void logprobs(List<TokenLogprob> tokens) {
        logprobs.addAll(tokens);
    }

    /** A part that comes at once. @param part null for none */
    List<ObjectNode> whole(ObjectNode part) {
        List<ObjectNode> written = part == null ? new ArrayList<>() : wholeCalls();
        addTo(written, part);
        return written;
    }

    /** Adds what is told of the whole candidate. */
    ObjectNode described(ObjectNode candidate) {
        GeminiGrounding.write(candidate, citations, text);
        GeminiLogprobs.write(candidate, logprobs);
        return candidate;
    }

    private List<ObjectNode> proof(Part.Thinking block) {
        thinking.setLength(0);
        List<ObjectNode> written = wholeCalls();
        addTo(written, parts.proof(block));
        return written;
    }

    /** A call that is told twice adds nothing. */
    List<ObjectNode> callStarted(StreamEvent.ToolCallStarted started) {
        List<ObjectNode> written = new ArrayList<>();
        if (started.call() >= begun) {
            written.addAll(wholeCalls());
            calls.put(started.call(), new Call(started));
            begun = started.call() + 1;
        }
        return written;
    }

    void arguments(int number, String piece) {
        Call call = calls.get(number);
        if (call != null) {
            call.arguments.append(piece);
        } else if (number >= begun) {
            throw new MalformedResponseException("arguments for a tool call that never began");
        }
    }

    void finished(FinishReason reported) {
        if (finish.raw() == null
                && (finish.reason() == FinishReason.Kind.OTHER || finish.reason() == FinishReason.Kind.STOP)) {
            finish = reported;
        }
    }

    String finishReason() {
        return GeminiFinishReason.write(finish, refused);
    }

    /** The calls from the first on that can grow no more. */
    private List<ObjectNode> wholeCalls() {
        List<ObjectNode> written = new ArrayList<>();
        while (!calls.isEmpty()) {
            Call first = calls.firstEntry().getValue();
            if (!GeminiAnswerParts.isWhole(first.arguments.toString())) {
                break;
            }
            written.add(written(first));
            calls.pollFirstEntry();
        }
        return written;
    }

    private ObjectNode written(Call call) {
        StreamEvent.ToolCallStarted started = call.started;
        return parts.call(started.id(), started.name(), call.arguments.toString(), started.signature());
    }

    /** The parts of the last response. One must be there, or clients leave the turn out of their history. */
    List<ObjectNode> rest() {
        List<ObjectNode> rest = new ArrayList<>();
        addTo(rest, parts.thought(heldThought));
        if (!heldText.isEmpty()) {
            rest.add(parts.text(heldText));
        }
        boolean cut = finish.reason() == FinishReason.Kind.LENGTH;
        for (Map.Entry<Integer, Call> call : calls.entrySet()) {
            if (!cut || GeminiAnswerParts.isWhole(call.getValue().arguments.toString())) {
                rest.add(written(call.getValue()));
            }
        }
        if (rest.isEmpty()) {
            rest.add(parts.text(""));
        }
        return rest;
    }

    private static void addTo(List<ObjectNode> written, ObjectNode part) {
        if (part != null) {
            written.add(part);
        }
    }

    /** The first half of a surrogate pair, where a text ends with one; else empty. */
    private static String half(String text) {
        boolean split = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return split ? text.substring(text.length() - 1) : "";
    }
}
