// Checks a graph of layers before TensorFlow.js builds it: layers must lead from the input to the output. Building a graph with a
// cycle would never end.
import { z } from 'zod';
import { nestsTooDeep } from '../../contract/json-depth.ts';

/** Each node of a layer lists where its inputs come from: [layer, node, tensor, arguments]. */
const LayerSchema = z.object({
  name: z.string(),
  inbound_nodes: z.array(z.array(z.tuple([z.string()]).rest(z.unknown()))).default([]),
});
const ModelSchema = z.object({ config: z.object({ layers: z.array(LayerSchema).max(100_000) }) });

/** TensorFlow.js writes the model as the topology, converted Keras models have it one level deeper; both are built. */
const GraphSchema = z.object({
  modelTopology: z.union([ModelSchema, z.object({ model_config: ModelSchema })]),
});

/** The end of a sentence; null for a graph that can be built. */
export function findGraphFault(text: string): string | null {
  if (nestsTooDeep(text)) return 'nests too deep for a graph';
  const layers = layersOf(text);
  if (layers === null) return 'is no graph of layers';
  const inputs = new Map(
    layers.map(({ name, inbound_nodes }) => [name, inbound_nodes.flat().map(([from]) => from)]),
  );
  return hasCircle(inputs) ? 'has layers that lead back to themselves' : null;
}

function layersOf(text: string): z.output<typeof LayerSchema>[] | null {
  try {
    const { modelTopology } = GraphSchema.parse(JSON.parse(text));
    return ('model_config' in modelTopology ? modelTopology.model_config : modelTopology).config.layers;
  } catch {
    return null;
  }
}

/** Takes away layers without open inputs, until none is left (Kahn): what stays is in a circle, or hangs on one. */
function hasCircle(inputs: ReadonlyMap<string, readonly string[]>): boolean {
  const open = new Map(
    [...inputs].map(([name, from]) => [name, from.filter((one) => inputs.has(one)).length]),
  );
  const followers = new Map<string, string[]>();
  for (const [name, from] of inputs)
    for (const one of from) followers.set(one, [...(followers.get(one) ?? []), name]);
  const ready = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    open.delete(name);
    for (const next of followers.get(name) ?? []) {
      const count = (open.get(next) ?? 0) - 1;
      open.set(next, count);
      if (count === 0) ready.push(next);
    }
  }
  return open.size > 0;
}
