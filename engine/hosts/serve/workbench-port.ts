// The preferred port of the workbench in the browser. To a browser another port is another site, and it stores theme, sizes and
// the permission to notify for each site.

/** Below 32768, from where on Linux takes ports for outgoing connections; other systems begin higher. */
export const WORKBENCH_PORT = 27182;
