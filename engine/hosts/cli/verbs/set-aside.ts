// `hindcast set-aside DATASET --out FILE`: all rows that the import set aside, as CSV.
import type { DatasetReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';

export interface SetAsideArguments {
  readonly dataset: DatasetReference;
  readonly out: string;
  readonly force?: boolean;
  readonly guardFormulas?: boolean;
}

export async function setAside(context: VerbContext, given: SetAsideArguments): Promise<Outcome> {
  const { dataset, out, force = false, guardFormulas = true } = given;
  await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const { report } = await client.datasets.get({ dataset });
  const bytes = new Uint8Array(
    await (await client.datasets.setAside({ dataset, guardFormulas })).arrayBuffer(),
  );
  await writeNewFile(out, bytes, force);
  const { rowsSetAside } = report;
  return { json: { file: out, rows: rowsSetAside }, text: `Wrote ${out}: ${counted(rowsSetAside, 'row')}.` };
}
