// `hindcast licences`: Hindcast's own licence, and the notices of everything that ships with it (licences/build.ts).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { projectRoot } from '../../node/paths.ts';
import type { Outcome } from '../context.ts';

export async function licences(): Promise<Outcome> {
  const [own, others] = [['LICENSE'], ['out', 'third-party-notices.txt']].map((parts) =>
    read(join(projectRoot, ...parts)),
  );
  return { json: { own, others }, text: `${own}\n${others}`.trimEnd() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HindcastError('file-missing', `${path} is missing; build Hindcast with \`npm run build\`.`, {
      cause,
    });
  }
}
