import { startWireProxy } from "@rowhouse/local-postgres";

const [host = "", port = "", delayMs = ""] = process.argv.slice(2);
const proxy = await startWireProxy({ target: { host, port: Number(port) }, delayMs: Number(delayMs) });

// Also when the benchmark is killed: then the channel closes by itself.
process.once("disconnect", () => void proxy.close());
process.send?.(proxy.port);
