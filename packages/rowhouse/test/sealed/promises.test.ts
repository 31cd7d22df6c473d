import { afterAll } from "vitest";
import { sealFixtures, unsealFixtures } from "../fixture/sealing.ts";

// Every promise once more, in a database whose contexts are sealed. Test files share their modules: without a name of its own
// the file would define its tests in only one of the two places.
const again = "../promises.test.ts?sealed";

sealFixtures();
await import(again);
afterAll(unsealFixtures);
