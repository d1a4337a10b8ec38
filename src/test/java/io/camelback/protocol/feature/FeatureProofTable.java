package io.camelback.protocol.feature;

import static io.camelback.testkit.TestProtocol.ANTHROPIC;
import static io.camelback.testkit.TestProtocol.GEMINI;
import static io.camelback.testkit.TestProtocol.OPENAI;
import static io.camelback.testkit.TestProtocol.RESPONSES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proofs of features of one kind, each named by the format of the request that has the feature. */
abstract class FeatureProofTable {
    static final String USER = "{'role':'user','content':'Hi'}";

    private final List<FeatureProof> proofs = new ArrayList<>();

    /** Adds this table's proofs. */
    abstract void fill();

    final List<FeatureProof> proofs() {
        fill();
        return proofs;
    }

    static String messages(String... messages) {
        return "'messages':[" + String.join(",", messages) + "]";
    }

    static String content(String part) {
        return messages("{'role':'user','content':[" + part + "]}");
    }

    static String input(String part) {
        return "'input':[{'role':'user','content':[" + part + "]}]";
    }

    void openAi(ProtocolFeature feature, String without, String with, String... expected) {
        openAi(feature, false, without, with, expected);
    }

    void openAi(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        proofs.add(new FeatureProof(feature, OPENAI, own, without, with, Arrays.asList(expected)));
    }

    void anthropic(ProtocolFeature feature, String without, String with, String... expected) {
        anthropic(feature, false, without, with, expected);
    }

    void anthropic(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        proofs.add(new FeatureProof(feature, ANTHROPIC, own, without, with, Arrays.asList(expected)));
    }

    void gemini(ProtocolFeature feature, String without, String with, String... expected) {
        gemini(feature, false, without, with, expected);
    }

    void gemini(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        proofs.add(new FeatureProof(feature, GEMINI, own, without, with, Arrays.asList(expected)));
    }

    void responses(ProtocolFeature feature, String without, String with, String... expected) {
        responses(feature, false, without, with, expected);
    }

    void responses(ProtocolFeature feature, boolean own, String without, String with, String... expected) {
        proofs.add(new FeatureProof(feature, RESPONSES, own, without, with, Arrays.asList(expected)));
    }
}
