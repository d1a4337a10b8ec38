/** OpenTelemetry traces: a span for each request and one for each attempt. */
package io.camelback.telemetry.trace;
