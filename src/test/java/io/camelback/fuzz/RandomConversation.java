package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A conversation with what real ones have, before it is written in a format. */
final class RandomConversation {
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        RESULTS
    }

    record Turn(Role role, List<Piece> pieces) {}

    /** What a turn consists of. */
    interface Piece {}

    record Words(String text) implements Piece {}

    /** @param label the media type that is said. @param data in Base64; null for a picture by its address */
    record Picture(String label, String data) implements Piece {}

    record Pdf(String name) implements Piece {}

    record Sound() implements Piece {}

    /** @param own whether the format's own maker thought so */
    record Thought(String text, boolean redacted, boolean own) implements Piece {}

    record Refusal(String text) implements Piece {}

    record Call(String id, String name, ObjectNode arguments) implements Piece {}

    record Result(Call call, List<Piece> pieces, boolean error) implements Piece {}

    /** The first bytes of a PNG, JPEG, GIF, WebP, in Base64. */
    private static final List<String> PICTURES =
            List.of("iVBORw0KGgo=", "/9j/4AAQSkZJRg==", "R0lGODlhAQABAAAAACw=", "UklGRiQAAABXRUJQVlA4IA==");

    private static final List<String> LABELS = List.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final List<String> ARGUMENTS = List.of(
            "{}",
            "{\"city\":\"Oslo\"}",
            "{\"$top\":5,\"n\":1.0,\"big\":12345678901234567890}",
            "{\"deep\":{\"$top\":[{\"a b\":null}]}}",
            "{\"t\":\"\\u2028 \\\"x\\\" {\"}");

    private final SeededChoice choice;
    private final List<RandomTools.Definition> tools;
    private final List<Turn> turns = new ArrayList<>();
    /** Whether results may be missing, late, doubled or of nobody's call. */
    private final boolean disorder;

    private RandomConversation(SeededChoice choice, List<RandomTools.Definition> tools) {
        this.choice = choice;
        this.tools = tools;
        this.disorder = choice.oneIn(4);
    }

    static List<Turn> of(SeededChoice choice, List<RandomTools.Definition> tools) {
        return new RandomConversation(choice, tools).write();
    }

    private List<Turn> write() {
        if (choice.oneIn(2)) {
            turns.add(new Turn(Role.SYSTEM, List.of(new Words(choice.maybeWords()))));
        }
        if (choice.oneIn(15)) {
            assistant();
        }
        int rounds = 1 + choice.below(4);
        for (int round = 0; round < rounds; round++) {
            user();
            for (int step = choice.below(3); step > 0; step--) {
                assistant();
            }
            if (choice.oneIn(10)) {
                turns.add(new Turn(Role.SYSTEM, List.of(new Words(choice.words()))));
            }
        }
        if (!choice.oneIn(8)) {
            turns.add(new Turn(Role.USER, List.of(new Words(choice.words()))));
        }
        return turns;
    }

    private void user() {
        List<Piece> pieces = new ArrayList<>();
        for (int count = 1 + choice.below(3); count > 0; count--) {
            pieces.add(
                    switch (choice.below(10)) {
                        case 0, 1 -> picture();
                        case 2 -> new Pdf(choice.oneIn(2) ? null : "a b.pdf");
                        case 3 -> choice.oneIn(4) ? new Sound() : new Words(choice.words());
                        case 4 -> new Words(choice.maybeWords());
                        default -> new Words(choice.words());
                    });
        }
        turns.add(new Turn(Role.USER, pieces));
    }

    private Picture picture() {
        int kind = choice.below(PICTURES.size());
        String label = choice.oneIn(3) ? choice.of(LABELS) : LABELS.get(kind);
        return new Picture(label, choice.oneIn(4) ? null : PICTURES.get(kind));
    }

    private void assistant() {
        List<Piece> pieces = new ArrayList<>();
        if (choice.oneIn(3)) {
            pieces.add(new Thought(choice.oneIn(4) ? "" : choice.words(), choice.oneIn(5), !choice.oneIn(3)));
        }
        if (!choice.oneIn(3)) {
            pieces.add(choice.oneIn(12) ? new Refusal("I cannot.") : new Words(choice.maybeWords()));
        }
        List<Call> calls = new ArrayList<>();
        if (!tools.isEmpty() && choice.oneIn(2)) {
            for (int count = 1 + choice.below(3); count > 0; count--) {
                String id = disorder && !calls.isEmpty() && choice.oneIn(4)
                        ? calls.get(0).id()
                        : choice.callId();
                calls.add(new Call(id, choice.of(tools).name(), (ObjectNode) SeededChoice.json(choice.of(ARGUMENTS))));
            }
        }
        pieces.addAll(calls);
        turns.add(new Turn(Role.ASSISTANT, pieces));
        if (!calls.isEmpty()) {
            results(calls);
        }
    }

    private void results(List<Call> calls) {
        List<Piece> results = new ArrayList<>();
        for (Call call : calls) {
            results.add(new Result(call, content(), choice.oneIn(6)));
        }
        if (disorder) {
            Collections.shuffle(results, new Random(choice.below(1 << 20)));
            if (choice.oneIn(3)) {
                results.remove(0);
            }
            if (choice.oneIn(3)) {
                results.add(new Result(calls.get(0), content(), false));
            }
            if (choice.oneIn(4)) {
                results.add(new Result(new Call("nobody", "nobody_knows", null), content(), false));
            }
            if (choice.oneIn(3)) {
                turns.add(new Turn(Role.USER, List.of(new Words("wait"))));
            }
        }
        if (!results.isEmpty()) {
            turns.add(new Turn(Role.RESULTS, results));
        }
    }

    private List<Piece> content() {
        List<Piece> pieces = new ArrayList<>();
        for (int count = choice.below(3); count > 0; count--) {
            pieces.add(choice.oneIn(4) ? picture() : new Words(choice.maybeWords()));
        }
        return pieces;
    }
}
