package io.camelback.http;

/**
 * One server-sent event.
 *
 * @param name null when the event had no {@code event:} line
 * @param data the {@code data:} lines, joined by line feeds
 */
public record SseEvent(String name, String data) { }
