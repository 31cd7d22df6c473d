import type { Attack } from "../../src/prove/attack.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { Session } from "../../src/prove/session.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import { openDoctorFixture } from "../doctor/doctor-fixture.ts";

export interface Case {
  /** Statements that come before; {{owner}} and {{app}} are the roles. */
  readonly hole?: string;
  /** What the cells must be about. */
  readonly object?: string;
  readonly about?: RegExp;
  /** Whether the one who proves acts by SET ROLE only, as one who is no superuser has to. */
  readonly asMember?: boolean;
}

export interface Prover extends AsyncDisposable {
  /** What one attack comes to on the clean product with a hole: `crossed`, `inconclusive`, or `held by …`; with the level where it is info. */
  prove(attack: Attack, options?: Case): Promise<readonly string[]>;
}

/** Proofs on one copy of the clean product, each taken back. */
export async function openProver(group: string): Promise<Prover> {
  const fixture = await openDoctorFixture(group);
  return {
    prove: async (attack, { hole = "", object, about = /(?:)/, asMember = false } = {}) => {
      const client = await fixture.shared();
      await client.query("begin");
      try {
        await client.query(fixture.name(hole));
        const as = { role: fixture.subject.appRoles[0] ?? "", enter: enterBySetting(fixture.subject) };
        const session = asMember ? new Session(client, { ...as, takesPlace: false }) : await openSession(client, as);
        const world = await makeWorld(session, await readCatalog(client, fixture.subject));
        const { cells } = await runProof(world, { attacks: [attack] });
        return cells
          .filter((cell) => (object === undefined || cell.object === `public.${object}`) && about.test(cell.about))
          .map(
            ({ verdict, heldBy, level }) =>
              (heldBy === null ? verdict : `held by ${heldBy}`) + (level === "info" ? " (info)" : ""),
          );
      } finally {
        await client.query("rollback");
      }
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}
