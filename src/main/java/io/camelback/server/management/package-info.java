/** The management port: state API, operator actions and dashboard. */
package io.camelback.server.management;
