/** What follows when no deployment of a chain has answered: wait, cached answer, static answer or error. */
package io.camelback.camel.fallback;
