// A way to call the API: oRPC's link and the transport under it.
import type { ClientContext, ClientLink } from '@orpc/client';

export type EngineLink = ClientLink<ClientContext>;

/** One transport, from when it is open until it is lost or closed. */
export interface Transport {
  readonly link: EngineLink;
  /** Settles when the transport is gone. */
  readonly closed: Promise<void>;
  close(): Promise<void> | void;
}
