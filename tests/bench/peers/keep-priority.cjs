// Loaded into every process of Hindcast by `bench -- peers`: training keeps the priority that the benchmark has, as its peers do. Else other
// programs of a busy machine would slow it down alone.
const os = require('node:os');
const { syncBuiltinESMExports } = require('node:module');

os.setPriority = () => undefined;
syncBuiltinESMExports();
