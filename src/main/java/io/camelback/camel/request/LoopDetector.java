package io.camelback.camel.request;

import io.camelback.chat.GatewayError;
import io.camelback.protocol.InvalidRequestException;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/**
 * Through which gateways of this kind a request has come, by the header {@value #HEADER}, so that one whose provider
 * leads back to itself does not ask itself for ever (docs/failures.md H28). A gateway in front of another one is no
 * loop.
 */
public final class LoopDetector {
    public static final String HEADER = "x-camelback-hop";

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{12}\\b");
    /** Nobody stacks so many; replicas that lead to each other are found out by their number. */
    private static final int MOST = 8;

    private final String own;

    private LoopDetector(String own) {
        this.own = own;
    }

    /** Of a gateway that is told from all others. */
    public static LoopDetector create() {
        return new LoopDetector(UUID.randomUUID().toString().substring(24));
    }

    /**
     * @return what goes on to providers: the gateways before this one, and this one
     * @throws InvalidRequestException when this one is among those before
     */
    public String enter(Message in) {
        String said = in.getHeader(HEADER, "", String.class);
        List<String> before = ID.matcher(said).results().map(MatchResult::group).toList();
        if (before.contains(own) || before.size() >= MOST) {
            throw new InvalidRequestException(GatewayError.of(
                    508,
                    "loop_detected",
                    "The request has come through this gateway already: the"
                            + " base-url of one of its providers leads back to it."));
        }
        return before.isEmpty() ? own : String.join(",", before) + "," + own;
    }

    /** What providers see of a request that has not come by HTTP. */
    public String own() {
        return own;
    }
}
