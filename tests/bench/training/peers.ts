// The contestants of the recurrent cases, ready to take their turns.
import { availableParallelism } from 'node:os';
import type { SimdBackend } from '../../../engine/backends/simd/index.ts';
import type { Peer } from './cases.ts';
import { type Contestants, OTHERS } from './contestants.ts';
import { layersOn, loadWasm } from './layers.ts';
import { ours, oursOnTensorflow } from './ours.ts';
import { torchPeers } from './pytorch.ts';

export async function peersOf(
  backend: SimdBackend,
  quick: boolean,
  { torch, takesPart }: Contestants,
): Promise<Peer[]> {
  const threads = availableParallelism() > 1 ? [1, 2] : [1];
  const peers = [
    ...threads.map((count) => ours(backend, count)),
    ...torch.flatMap((found) => torchPeers(found, threads)),
  ];
  const tensorflow = takesPart(OTHERS.tensorflow) ? await oursOnTensorflow() : null;
  if (tensorflow) peers.push(tensorflow);
  if (takesPart(OTHERS.cpu)) peers.push(layersOn('cpu', quick));
  if (takesPart(OTHERS.wasm) && (await loadWasm())) peers.push(layersOn('wasm', quick));
  return peers;
}
