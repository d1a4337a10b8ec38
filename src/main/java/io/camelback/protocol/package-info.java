/**
 * Translation between the API formats and the neutral model of {@link io.camelback.chat}:
 * {@link io.camelback.protocol.ProviderCodec} for providers, {@link io.camelback.protocol.ClientCodec} for clients.
 * Pure functions.
 */
package io.camelback.protocol;
