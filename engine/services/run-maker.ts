// What making runs needs: everything but the supervisor, which makes some itself.
import type { Workspace } from '../store/workspace.ts';
import type { EventHub } from './event-hub.ts';
import type { HostFacilities } from './host-facilities.ts';

export interface RunMaker {
  readonly workspace: Workspace;
  readonly host: HostFacilities;
  readonly hub: EventHub;
}
