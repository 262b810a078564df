// What the code that creates runs needs: the context without the supervisor, because the supervisor creates runs itself.
import type { Workspace } from '../store/workspace.ts';
import type { EventHub } from './event-hub.ts';
import type { HostFacilities } from './host-facilities.ts';

export interface RunMaker {
  readonly workspace: Workspace;
  readonly host: HostFacilities;
  readonly hub: EventHub;
}
