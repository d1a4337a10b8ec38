/** Client API keys: who may call, which models, and how much. */
package io.camelback.clientkey;
