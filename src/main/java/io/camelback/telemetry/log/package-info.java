/** One log line for each request, with every attempt. Names and counts only. */
package io.camelback.telemetry.log;
