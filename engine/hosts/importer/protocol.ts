export * from '../../contract/processes/importer.ts';
