// `hindcast pool`: makes a pool, invites machines to it, takes invitations back, collects mail.
import { randomUUID } from 'node:crypto';
import { fchmodSync, fstatSync, readFileSync } from 'node:fs';
import { HindcastError } from '../../../contract/values/errors.ts';
import { addressText, parsePoolUrl } from '../../../pool/link/address.ts';
import { initPool, invite, revoke } from '../../../pool/setup/init.ts';
import { QUOTA_BYTES, readPoolFile, requirePoolFile, writePoolFile } from '../../../pool/setup/pool-file.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { counted } from '../text/format.ts';
import { UsageError } from '../usage.ts';
import type { PoolArguments } from './pool-actions.ts';

type Act = (context: VerbContext, given: PoolArguments) => Promise<Outcome>;

const ACTS: Readonly<Record<PoolArguments['action'], Act>> = {
  init,
  invite: inviteOne,
  revoke: revokeOne,
  collect,
};

export const pool: Act = (context, given) => ACTS[given.action](context, given);

async function init(context: VerbContext, { subject, passwordFile, quota }: PoolArguments): Promise<Outcome> {
  if (subject === undefined)
    throw new UsageError('pool init needs the address of a database, as in postgres://USER@HOST/DATABASE.');
  const address = parsePoolUrl(subject);
  const password = await passwordFor(context, address.user, passwordFile);
  const isNew = await initPool({ address, password });
  // The same pool again keeps the runs that are there.
  const before = readPoolFile(context.workspacePath);
  const isSame = before !== null && addressText(before.address) === addressText(address);
  const owner = isSame ? before.owner : randomUUID();
  const quotaBytes = quota === undefined ? (before?.quotaBytes ?? QUOTA_BYTES) : quota * 2 ** 20;
  await context.connect('create');
  writePoolFile(context.workspacePath, { address, password, owner, quotaBytes });
  const made = isNew ? 'The pool is made' : 'The pool was there already, and this workspace uses it now';
  const text = `${made}: ${addressText(address)}. Invite a machine by \`hindcast pool invite > n1.join\`, and train there with --on pool.`;
  return { json: { address: addressText(address), isNew }, text };
}

async function passwordFor(
  { terminal }: VerbContext,
  user: string,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined) return readPassword(file);
  const given = terminal.environment.HINDCAST_POOL_PASSWORD;
  if (given !== undefined) return given;
  // Servers on this machine may ask for none.
  if (!terminal.inIsTerminal) return '';
  return (await terminal.ask(`Password of ${user}: `)).trim();
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new HindcastError('file-missing', `The password file ${file} cannot be read.`, { cause });
  }
}

async function inviteOne(
  { workspacePath, terminal }: VerbContext,
  { days = 90 }: PoolArguments,
): Promise<Outcome> {
  if (terminal.outIsTerminal) {
    throw new UsageError(
      'A join file holds a password, so it goes into a file: hindcast pool invite > n1.join',
    );
  }
  const file = requirePoolFile(workspacePath);
  keepOutputPrivate();
  const join = await invite({ pool: file, nowMs: terminal.nowMs(), days });
  terminal.err(
    `Bring the file to the machine and start \`hindcast worker --join FILE\` there; ${join.address.user} runs out in ${counted(days, 'day')}.\n`,
  );
  return { json: join, text: JSON.stringify(join, null, 2) };
}

/** The shell made the file for everybody to read. */
function keepOutputPrivate(): void {
  try {
    if (fstatSync(1).isFile()) fchmodSync(1, 0o600);
  } catch {
    // A worker refuses a file that others can read.
  }
}

async function revokeOne({ workspacePath }: VerbContext, { subject }: PoolArguments): Promise<Outcome> {
  if (subject === undefined)
    throw new UsageError('pool revoke needs a login; `hindcast workers` lists them.');
  await revoke(requirePoolFile(workspacePath), subject);
  return { json: { revoked: subject }, text: `The login ${subject} is taken away.` };
}

async function collect(context: VerbContext): Promise<Outcome> {
  requirePoolFile(context.workspacePath);
  const { client } = await context.connect('existing');
  const status = await client.pool.collect();
  const busy = status.workers.filter(({ run }) => run !== null).length;
  const text = `The mail is stored. ${counted(busy, 'run')} ${busy === 1 ? 'trains' : 'train'} on the pool, ${status.waiting.length} ${status.waiting.length === 1 ? 'waits' : 'wait'}.`;
  return { json: status, text };
}
