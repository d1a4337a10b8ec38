/** Metrics of requests and of the gateway's state, with OpenTelemetry's names where there are some. */
package io.camelback.telemetry.metrics;
