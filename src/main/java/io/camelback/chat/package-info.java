/**
 * The neutral model: what a chat request, its answer and its stream are, whoever asks and whoever answers.
 *
 * <p>Everything here is immutable. A translator builds a new value from the request it was given and never changes it,
 * because the next link of a chain starts from the same request. Nullable components are named as such; lists are never null.
 */
package io.camelback.chat;
