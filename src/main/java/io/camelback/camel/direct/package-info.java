/** Entry points for Camel routes: {@code direct:chat}, {@code direct:embed}, and a chain called by its name. */
package io.camelback.camel.direct;
