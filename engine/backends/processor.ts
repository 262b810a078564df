// The processor's name as sentences show it, for example "AMD EPYC 9575F 64-Core Processor".
import { cpus } from 'node:os';

export function processorName(): string {
  return cpus()[0]?.model.trim() || 'CPU';
}
