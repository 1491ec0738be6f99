// TrackHAR's indicator matching over one HAR: CPU milliseconds of the best of three passes, and which entries it hit.
// node trackhar.mjs MODULE HAR VALUES
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module, harFile, valuesFile] = process.argv.slice(2);
const { process: processHar } = await import(pathToFileURL(module));
const har = JSON.parse(readFileSync(harFile, 'utf-8'));
const indicatorValues = JSON.parse(readFileSync(valuesFile, 'utf-8'));
let best = Infinity;
let hits = [];
for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage();
    const results = await processHar(har, { indicatorValues });
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
    hits = results.map((found) =>
        (found ?? []).filter((one) => one.adapter === 'indicators').map((one) => one.property));
}
console.log(JSON.stringify({ cpu_ms: best, hits }));
