/** What answers when no model does: answers that were given before. Pure but for the clock that is handed in. */
package io.camelback.degrade;
