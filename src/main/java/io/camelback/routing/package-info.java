/** Resolves model names and plans which deployments are asked, in which order, and why others are skipped. */
package io.camelback.routing;
