// Entry of the import process's second thread.
import { parentPort } from 'node:worker_threads';
import { serveLooks } from '../../data/import/look/look-thread.ts';

serveLooks(parentPort!);
