/** The keys that callers come with: who may come in, what they may ask for, and what they may spend. */
package io.camelback.key;
