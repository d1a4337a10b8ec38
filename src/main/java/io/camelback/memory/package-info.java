/** How much memory the bodies in flight may take, all of them together. */
package io.camelback.memory;
