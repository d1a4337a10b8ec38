/** Reads and writes JSON. Numbers keep their exact value and keys their order. */
package io.camelback.json;
