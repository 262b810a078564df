// The context of a verb: the terminal and the engine's API, and nothing else of the process. Types only, so that tests can run
// verbs with a canned engine and a terminal that writes into strings.
import type { EngineClient } from '../../connect/connection.ts';
import type { EngineEvent } from '../../contract/api/events.ts';
import type { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';

export type { EngineClient };

export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The parts of the process that people see or press. */
export interface Terminal {
  /** Writes to stdout: results only. */
  out(text: string): void;
  /** Writes to stderr: progress, notes and errors. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  /** Characters in a line of stdout; infinite where it is no terminal. */
  readonly outWidth: number;
  /** Characters in a line of stderr. */
  readonly errWidth: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  nowMs(): number;
  /** Asks on stderr and reads one line. */
  ask(question: string): Promise<string>;
  /** Calls back for each Ctrl-C (or SIGTERM, SIGHUP) until the returned function is called. */
  onInterrupt(callback: (signal: InterruptSignal) => void): () => void;
}

export interface EngineConnection {
  readonly client: EngineClient;
  /** Events after `after`, each once and in order, until the signal. */
  watchEvents(options: { after: number; run?: RunId; signal?: AbortSignal }): AsyncIterable<EngineEvent>;
  /** `host`: this process trains; `attached`: another process has the workspace open and continues without this one. */
  role(): 'host' | 'attached';
  /** Hosting: resolves when no run is active and no other process needs this one; attached: at once. */
  whenIdle(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenEngineRequest {
  readonly workspacePath: string;
}

export type OpenEngine = (request: OpenEngineRequest) => Promise<EngineConnection>;

export type ConnectPurpose = 'existing' | 'create';

export interface VerbContext {
  readonly terminal: Terminal;
  /** The result is wanted as JSON. */
  readonly json: boolean;
  readonly workspacePath: string;
  /** The file was named (option or environment), so that a wrong name is possible. */
  readonly workspaceNamed: boolean;
  /**
   * Opens the workspace: `existing` needs it to exist where it was named, `create` makes it where it is missing.
   * Closed when the verb has ended. Errors: `not-found`, and those of the engine.
   */
  connect(purpose: ConnectPurpose): Promise<EngineConnection>;
}

/** What a verb has to say at its end. */
export interface Outcome {
  /** The one JSON value of `--json`; undefined where the verb has printed it itself, before it ended. */
  readonly json: unknown;
  /** For people; without the last line break. Empty: nothing is printed. */
  readonly text: string;
  /** Why the exit code is not 0 although there is a result. */
  readonly complaint?: HindcastError;
  /** Default: 0, or 1 where there is a complaint. */
  readonly exitCode?: number;
  /** The user leaves at once: nothing is waited for. */
  readonly leaveAtOnce?: boolean;
  /** Other processes that work through this one are not waited for, since it can do no more for them. */
  readonly leavesOthers?: boolean;
}

export type Perform = (context: VerbContext) => Promise<Outcome>;
