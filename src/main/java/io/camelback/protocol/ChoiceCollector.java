package io.camelback.protocol;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.TokenLogprob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of one candidate, in the order they began. Deltas of a kind that follow each other make one part. */
final class ChoiceCollector {
    private enum Kind {
        TEXT,
        THINKING,
        REDACTED,
        REFUSAL,
        CALL,
        WHOLE
    }

    /** A part that is still being written. */
    private static final class Draft {
        private final Kind kind;
        private final StringBuilder text = new StringBuilder();
        private String id;
        private String name;
        private String signature;
        private String origin;
        private Part whole;

        Draft(Kind kind) {
            this.kind = kind;
        }

        Part part() {
            String all = text.toString();
            return switch (kind) {
                case TEXT -> new Part.Text(all);
                case THINKING -> new Part.Thinking(all, signature, null, origin);
                case REDACTED -> new Part.Thinking("", null, all, origin);
                case REFUSAL -> new Part.Refusal(all);
                case CALL -> new Part.ToolCall(id, name, all, signature);
                case WHOLE -> whole;
            };
        }
    }

    private final int index;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<Integer, Draft> calls = new HashMap<>();
    private final List<Citation> citations = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private FinishReason finish;

    ChoiceCollector(int index) {
        this.index = index;
    }

    void text(String text) {
        append(Kind.TEXT, text);
    }

    void refusal(String text) {
        append(Kind.REFUSAL, text);
    }

    void thinking(String text) {
        append(Kind.THINKING, text);
    }

    /** The signature belongs to the latest thinking that has none; some providers send it after the text, or alone. */
    void signed(String signature, String origin) {
        Draft thinking = null;
        for (Draft draft : drafts) {
            if (draft.kind == Kind.THINKING && draft.signature == null) {
                thinking = draft;
            }
        }
        if (thinking == null) {
            thinking = begin(Kind.THINKING);
        }
        thinking.signature = signature;
        thinking.origin = origin;
    }

    void redacted(String data, String origin) {
        Draft draft = begin(Kind.REDACTED);
        draft.text.append(data);
        draft.origin = origin;
    }

    /** A part that comes at once. */
    void whole(Part part) {
        begin(Kind.WHOLE).whole = part;
    }

    void cited(Citation citation) {
        citations.add(citation);
    }

    void logprobs(List<TokenLogprob> tokens) {
        logprobs.addAll(tokens);
    }

    /** Begins a call, or adds to one what was not known when it began. */
    void callStarted(StreamEvent.ToolCallStarted started) {
        Draft call = calls.computeIfAbsent(started.call(), unused -> begin(Kind.CALL));
        call.id = started.id() == null ? call.id : started.id();
        call.name = started.name() == null ? call.name : started.name();
        call.signature = started.signature() == null ? call.signature : started.signature();
    }

    void arguments(int call, String piece) {
        Draft draft = calls.get(call);
        if (draft == null) {
            throw new MalformedResponseException("arguments for a tool call that never began");
        }
        draft.text.append(piece);
    }

    /** Some servers finish twice, the second time with a plain stop, which then adds nothing. */
    void finished(FinishReason reported) {
        if (finish == null || finish.reason() == FinishReason.Kind.STOP) {
            finish = reported;
        }
    }

    ChatAnswer.Choice choice() {
        FinishReason known = finish == null ? FinishReason.of(FinishReason.Kind.OTHER, null) : finish;
        return new ChatAnswer.Choice(index, drafts.stream().map(Draft::part).toList(), known, citations, logprobs);
    }

    private void append(Kind kind, String text) {
        if (text.isEmpty()) {
            return;
        }
        Draft last = drafts.isEmpty() ? null : drafts.get(drafts.size() - 1);
        boolean continues = last != null && last.kind == kind && last.signature == null;
        (continues ? last : begin(kind)).text.append(text);
    }

    private Draft begin(Kind kind) {
        Draft draft = new Draft(kind);
        drafts.add(draft);
        return draft;
    }
}
