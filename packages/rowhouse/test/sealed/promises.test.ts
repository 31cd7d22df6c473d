import { sealFixtures } from "../fixture/sealing.ts";

// Every promise once more, in a database whose contexts are sealed.
sealFixtures();
await import("../promises.test.ts");
