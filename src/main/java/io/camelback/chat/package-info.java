/**
 * The neutral model of a chat request, its answer and its stream, whatever the API format. Everything is immutable: a
 * translator builds a new value and never changes its request, because the next deployment of a chain starts from the
 * same one. Nullable components are named as such; lists are never null.
 */
package io.camelback.chat;
