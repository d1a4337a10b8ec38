/** Explains what would happen to a request, and what did happen to an earlier one. */
package io.camelback.camel.explain;
