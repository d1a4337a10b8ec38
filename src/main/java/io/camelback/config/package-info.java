/**
 * What operators write into {@code config/camelback.yaml}, read once and checked whole: every problem is told at the same
 * time, with its line, its key and the fix. Knows the dialects' names and refusals, and nothing of chains or of Camel.
 */
package io.camelback.config;
