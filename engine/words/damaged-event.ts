// A line of a log that damage has changed.

/** Nothing is known of it, nor when it was. */
export const DAMAGED_EVENT =
  'This entry was changed by damage and is not shown: `hindcast check` says where, and `hindcast check --repair` takes it from a backup';
