export * from '../../contract/processes/trainer.ts';
