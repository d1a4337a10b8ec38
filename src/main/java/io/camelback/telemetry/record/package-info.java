/** What is recorded of a finished request, and how it is written as JSON. */
package io.camelback.telemetry.record;
