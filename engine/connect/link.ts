// A way to call the API: oRPC's link, by whatever transport.
import type { ClientContext, ClientLink } from '@orpc/client';

export type EngineLink = ClientLink<ClientContext>;
