import { startLocalPostgres } from "../src/index.ts";

const [dataFolder] = process.argv.slice(2);
if (dataFolder === undefined) throw new Error("Name the data folder.");
const postgres = await startLocalPostgres({ dataFolder, durable: false });
console.log(postgres.port);
setInterval(() => undefined, 60_000);
