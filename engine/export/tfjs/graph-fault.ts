// Checks model.json before TensorFlow.js builds it: layers must lead from the input to the output, and the list of weights must suit
// weights.bin. Building a graph with a cycle, or with a layer that waits for a missing one, would never end.
import { z } from 'zod';
import { nestsTooDeep } from '../../contract/api/json-depth.ts';
import { brief, findManifestFault, ManifestSchema } from './manifest-fault.ts';

const InboundSchema = z.tuple([z.string(), z.int().nonnegative()]).rest(z.unknown());
/** Each application of a layer, its node, lists where the inputs come from: [layer, node, tensor, arguments]. */
const LayerSchema = z.object({
  name: z.string(),
  config: z.unknown(),
  inbound_nodes: z.array(z.array(InboundSchema)).default([]),
});
type Layer = z.output<typeof LayerSchema>;
const LayersSchema = z.array(LayerSchema).max(100_000);
const ModelSchema = z.object({ config: z.object({ layers: LayersSchema }) });

/** TensorFlow.js writes the model as the topology, converted Keras models have it one level deeper; both are built. */
const GraphSchema = z.object({
  modelTopology: z.union([ModelSchema, z.object({ model_config: ModelSchema })]),
  weightsManifest: ManifestSchema,
});

/** The end of a sentence; null for a graph that can be built. `weightsBytes`: size of weights.bin. */
export function findGraphFault(text: string, weightsBytes: number): string | null {
  if (nestsTooDeep(text)) return 'nests too deep for a graph';
  const graph = parseGraph(text);
  if (graph === null) return 'is no graph of layers with a list of weights';
  const { modelTopology, weightsManifest } = graph;
  const { layers } = ('model_config' in modelTopology ? modelTopology.model_config : modelTopology).config;
  return findLayerFault(layers) ?? findManifestFault(weightsManifest, weightsBytes);
}

function parseGraph(text: string): z.output<typeof GraphSchema> | null {
  try {
    return GraphSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function findLayerFault(layers: readonly Layer[]): string | null {
  const nodesOf = new Map(layers.map((layer) => [layer.name, countNodes(layer)]));
  if (nodesOf.size < layers.length) return 'has two layers of one name';
  for (const { name, config, inbound_nodes } of layers) {
    const missing = inbound_nodes.flat().find(([from, node]) => node >= (nodesOf.get(from) ?? 0));
    if (missing)
      return `has a layer "${brief(name)}" that waits for "${brief(missing[0])}", which never comes`;
    for (const inner of listsOfLayers(config)) {
      const { data } = LayersSchema.safeParse(inner);
      const fault = data ? findLayerFault(data) : 'has a layer that holds no graph of layers';
      if (fault !== null) return fault;
    }
  }
  return hasCycle(layers) ? 'has layers that lead back to themselves' : null;
}

/** An input layer has a node that is not listed, and so has a model that is used as a layer: its own. */
function countNodes({ config, inbound_nodes }: Layer): number {
  const isModel = typeof config === 'object' && config !== null && 'layers' in config;
  return isModel ? inbound_nodes.length + 1 : Math.max(1, inbound_nodes.length);
}

/** Those of models inside a layer; what is inside them is not listed. */
function* listsOfLayers(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'layers') yield inner;
    else yield* listsOfLayers(inner);
  }
}

/** Removes layers without open inputs until none is left (Kahn): what stays is in a cycle, or hangs on one. */
function hasCycle(layers: readonly Layer[]): boolean {
  const open = new Map(layers.map(({ name, inbound_nodes }) => [name, inbound_nodes.flat().length]));
  const followers = new Map<string, string[]>(layers.map(({ name }) => [name, []]));
  for (const { name, inbound_nodes } of layers)
    for (const [from] of inbound_nodes.flat()) followers.get(from)?.push(name);
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
