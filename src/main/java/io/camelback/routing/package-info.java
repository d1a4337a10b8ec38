/** Resolves model names, says whether a deployment may be asked now, and plans which are asked, in which order. */
package io.camelback.routing;
