/** Which features a request uses and whether each API format supports them. */
package io.camelback.protocol.feature;
