/** Helpers that several API formats share: strict fields, data URLs, citations, tool turns. */
package io.camelback.protocol.support;
