// What the code that creates runs needs: the context without the supervisor, because the supervisor creates runs itself.
import type { Workspace } from '../store/workspace.ts';
import type { EventHub } from './event-hub.ts';
import type { HostFacilities } from './host-facilities.ts';
import type { Suggestions } from './studies/suggestions.ts';

export interface RunMaker {
  readonly workspace: Workspace;
  readonly host: HostFacilities;
  readonly hub: EventHub;
  /** Default: what a study asks is answered at once, in this process. */
  readonly suggestions?: Suggestions | undefined;
}
