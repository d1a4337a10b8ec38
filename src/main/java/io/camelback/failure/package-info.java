/** Classifies provider failures and builds the error envelope for clients. */
package io.camelback.failure;
