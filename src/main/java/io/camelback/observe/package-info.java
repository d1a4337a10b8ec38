/** What people see of the gateway: its log, and later its metrics and events. */
package io.camelback.observe;
