// Inputs of jobs on the file of the workspace.

export interface CopyWorkspaceJob {
  readonly workspacePath: string;
  /** A file of that name is overwritten. */
  readonly path: string;
}
