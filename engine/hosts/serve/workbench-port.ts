// The port that the workbench takes for the browser where it can be had: to a browser, another port is another site, and what it
// keeps (theme, remembered sizes, the permission to notify) it keeps by site.

/** Below 32768, from where on Linux takes ports for outgoing connections; other systems begin higher. */
export const WORKBENCH_PORT = 27182;
