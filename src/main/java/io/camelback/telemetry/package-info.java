/** Logs, metrics, traces and events of requests. There is one {@link io.camelback.telemetry.Telemetry} per gateway. */
package io.camelback.telemetry;
