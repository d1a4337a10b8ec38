package io.camelback.camel.convert;

import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestContext;

/** The kinds of messages that routes ask with. */
public interface BodyConverter {
    /** @throws io.camelback.protocol.InvalidRequestException when it is none of them, or not a request */
    InboundPayload toPayload(Object body);

    /** The reply in the kind that was asked with. @param created when, Unix time in seconds */
    Object convertReply(Object asked, Object reply, RequestContext context, long created);
}
