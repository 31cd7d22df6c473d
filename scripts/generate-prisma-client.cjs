// Prisma's own generator without its command line: that one asks for Node 22 and downloads an engine, and neither is needed to generate.
const { getGenerators, loadSchemaContext } = require("@prisma/internals");
const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");

/** Writes the client of a schema to where its generator block says. */
exports.generatePrismaClient = async function generatePrismaClient(schema) {
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
};

if (require.main === module) exports.generatePrismaClient(process.argv[2]);
