// `hindcast profile DATASET --out FILE`: the profile of a series as an HTML file.
import type { DatasetReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { formatBytes } from '../text/format.ts';

export interface ProfileArguments {
  readonly dataset: DatasetReference;
  readonly out: string;
  readonly series?: string;
  readonly force?: boolean;
}

export async function profile(context: VerbContext, given: ProfileArguments): Promise<Outcome> {
  const { dataset, out, series, force = false } = given;
  // Before the engine works for nothing.
  await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const blob = await client.datasets.profile({ dataset, ...(series === undefined ? {} : { series }) });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  await writeNewFile(out, bytes, force);
  return { json: { file: out, bytes: bytes.length }, text: `Wrote ${out} (${formatBytes(bytes.length)}).` };
}
