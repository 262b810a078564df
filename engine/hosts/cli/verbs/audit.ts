// `hindcast audit RUN`: whether the future leaks into the forecasts of a run.
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';

export async function audit(context: VerbContext, { run }: { readonly run: RunReference }): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const found = await client.runs.audit({ run });
  return { json: found, text: found.words, ...(found.leaks.length > 0 && { exitCode: 1 }) };
}
