// Prisma's own generator without its command line: that one asks for Node 22 and downloads an engine, and neither is needed to generate.
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");

/** Writes the client of a schema to where its generator block says, unless it is there already. */
exports.generatePrismaClient = async function generatePrismaClient(schema) {
  const text = readFileSync(schema, "utf8");
  const output = /\boutput\s*=\s*"([^"]+)"/.exec(text)?.[1];
  const stamp = output && path.resolve(path.dirname(schema), output, "schema.sha256");
  const hash = createHash("sha256").update(text).update(require("@prisma/client/package.json").version).digest("hex");
  if (stamp !== undefined && readStamp(stamp) === hash) return;
  await generate(schema);
  if (stamp !== undefined) writeFileSync(stamp, hash);
};

async function generate(schema) {
  const { getGenerators, loadSchemaContext } = require("@prisma/internals");
  const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");
  const schemaContext = await loadSchemaContext({ schemaPath: { cliProvidedPath: schema }, printLoadMessage: false });
  const generators = await getGenerators({
    schemaContext,
    registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
    skipDownload: true,
  });
  for (const generator of generators) {
    await generator.generate();
    generator.stop();
  }
}

function readStamp(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // not generated yet
  }
}

/** The schemas of this repository whose clients tests and examples use. None of the clients is committed. */
const schemas = ["packages/rowhouse/test/adapters/prisma/fixture.prisma", "examples/prisma-next/prisma/schema.prisma"];

/** All of them below a folder of the repository, or in the whole of it. */
exports.generatePrismaClients = async function generatePrismaClients(folder = root) {
  for (const schema of schemas.map((file) => path.join(root, file))) {
    if (schema.startsWith(folder)) await exports.generatePrismaClient(schema);
  }
};

if (require.main === module) {
  const [schema] = process.argv.slice(2);
  (schema === undefined ? exports.generatePrismaClients() : exports.generatePrismaClient(schema)).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
