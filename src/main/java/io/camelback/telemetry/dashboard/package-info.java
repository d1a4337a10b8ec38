/** The data of the dashboard, kept in memory and bounded. */
package io.camelback.telemetry.dashboard;
