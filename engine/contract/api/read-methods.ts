// The methods of the API that only read, derived from the contract itself.
import { contract } from './api.ts';

/** Names such as `runs.list`. A client may call these again when it does not know whether an answer got lost. */
export const READ_METHODS: ReadonlySet<string> = new Set(
  Object.entries(contract).flatMap(([group, methods]) =>
    Object.entries(methods)
      .filter(([, method]) => method['~orpc'].meta.reads)
      .map(([name]) => `${group}.${name}`),
  ),
);
