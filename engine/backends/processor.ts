// The processor's name for sentences: "AMD EPYC 9575F 64-Core Processor".
import { cpus } from 'node:os';

export function processorName(): string {
  return cpus()[0]?.model.trim() || 'CPU';
}
