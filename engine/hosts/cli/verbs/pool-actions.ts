// What `hindcast pool` does.
export const POOL_ACTIONS = ['init', 'invite', 'revoke', 'collect'] as const;

export interface PoolArguments {
  readonly action: (typeof POOL_ACTIONS)[number];
  /** Of init the URL, of revoke the login. */
  readonly subject?: string | undefined;
  readonly passwordFile?: string;
  readonly days?: number;
  readonly quota?: number;
}
