/** Who of several deployments is asked first, and who after it: by turns, by load, by speed, by price, by conversation. */
package io.camelback.balance;
