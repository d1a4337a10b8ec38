package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.openai.responses.ResponsesFinishReason;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.SurrogateSanitizer;

/** Writes an answer as a {@code response}; one that came in this dialect goes out as it came. Of several, the first. */
final class ResponsesAnswerWriter {
    private ResponsesAnswerWriter() {}

    static ObjectNode write(ChatAnswer answer, ChatRequest request, String requestId) {
        if (answer.original() != null
                && ProtocolNames.RESPONSES.equals(answer.original().dialect())) {
            return answer.original().body();
        }
        ResponseSkeleton shell = new ResponseSkeleton(request, new AnswerIds(requestId), answer.created());
        ResponseOutputBuilder output =
                new ResponseOutputBuilder(new SseEventSequence(true, 0), shell.ids(), CallerTools.of(request));
        FinishReason finish = answer.choices().isEmpty()
                ? FinishReason.STOP
                : answer.choices().get(0).finish();
        if (!answer.choices().isEmpty()) {
            add(answer.choices().get(0), output);
        }
        String incomplete = ResponsesFinishReason.incomplete(finish, output.refused());
        output.close(incomplete == null);
        return SurrogateSanitizer.replaceIn(shell.done(answer.model(), incomplete, output.toJson(), answer.usage()));
    }

    private static void add(ChatAnswer.Choice choice, ResponseOutputBuilder output) {
        if (!choice.logprobs().isEmpty()) {
            output.logprobs(choice.logprobs());
        }
        int said = 0;
        for (int i = 0; i < choice.parts().size(); i++) {
            Part part = choice.parts().get(i);
            add(part, i, output);
            if (part instanceof Part.Text text) {
                choice.citationsUpTo(said, said + text.text().length()).forEach(output::cite);
                said += text.text().length();
            }
        }
    }

    private static void add(Part part, int number, ResponseOutputBuilder output) {
        if (part instanceof Part.Text text) {
            output.text(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            output.refusal(refusal.text());
        } else if (part instanceof Part.Thinking thinking) {
            output.thinking(thinking.text());
            output.signed(ReasoningState.encrypted(thinking));
        } else if (part instanceof Part.ToolCall call) {
            output.call(number, call.id(), call.name(), call.signature());
            output.arguments(number, call.arguments() == null ? "" : call.arguments());
        } else if (part instanceof Part.Image image) {
            output.image(image);
        } else if (part instanceof Part.Opaque opaque && ProtocolNames.RESPONSES.equals(opaque.dialect())) {
            output.opaque(opaque.node());
        }
    }
}
