package io.camelback.chat;

/**
 * The result of a chain link that is not a failure. A failure that another link could avoid is thrown.
 *
 * @see ChatAnswer
 * @see ChatStream
 * @see RequestRejected
 */
public sealed interface Reply permits ChatAnswer, ChatStream, RequestRejected {}
