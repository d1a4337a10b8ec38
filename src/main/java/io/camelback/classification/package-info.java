/** Classifies requests by complexity and task type. */
package io.camelback.classification;
