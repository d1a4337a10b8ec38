/** Results and history of the attempts of one request. */
package io.camelback.attempt;
