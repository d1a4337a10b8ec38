/** YAML nodes with line numbers, problems and spelling suggestions. */
package io.camelback.config.yaml;
