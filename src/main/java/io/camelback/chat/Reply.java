package io.camelback.chat;

/**
 * What comes back from a link of a chain. A failure that another link could mend is not a reply: it is thrown.
 *
 * @see ChatAnswer
 * @see ChatStream
 * @see RequestRejected
 */
public sealed interface Reply permits ChatAnswer, ChatStream, RequestRejected {}
