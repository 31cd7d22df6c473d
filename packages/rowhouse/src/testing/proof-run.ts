import { draftRequest, type Drafting } from "./draft.ts";
import { exchange, isDone, type Answer, type SendRequest } from "./exchange.ts";
import { changedBetween } from "./fingerprint-of.ts";
import { harvest } from "./harvest.ts";
import { isOtherText, judgeAttack, toldSecret } from "./judge-attack.ts";
import { planAttacks, type Attack } from "./plan-attacks.ts";
import type { Proof } from "./proof.ts";
import type { ProofOptions } from "./proof-options.ts";
import { ProofNotes } from "./proof-notes.ts";
import type { Operation } from "./read-operations.ts";
import { Side } from "./side.ts";
import { victimSecrets } from "./victim-secrets.ts";

/** A control is tried with that many of the victim's things: the first may be in a state that does not allow it. */
const mostTurns = 4;

const endsSession = /(?:sign|log)[-_]?(?:out|off)/i;

/** One run, in its order: harvest, attacks that should do nothing, the attacker's own changes, the victim's own changes. */
export class ProofRun {
  readonly #options: ProofOptions;
  readonly #drafting: Drafting;
  readonly #notes: ProofNotes;
  readonly #attacker: Side;
  readonly #victim: Side;
  readonly #send: SendRequest;
  #secrets: ReadonlySet<string> = new Set();
  #print: unknown;
  #requests = 0;

  constructor(options: ProofOptions, drafting: Drafting) {
    this.#options = options;
    this.#drafting = drafting;
    this.#notes = new ProofNotes(drafting.api.operations, options.exempt ?? {});
    this.#attacker = new Side(options.attacker);
    this.#victim = new Side(options.victim);
    this.#send = (url, init) => {
      this.#requests += 1;
      return options.request(url, init);
    };
  }

  async run(): Promise<Proof> {
    const { operations, text } = this.#drafting.api;
    const reading = { drafting: this.#drafting, send: this.#send };
    const controls = await harvest(this.#victim, "victim", reading);
    const pulse = findPulse(await harvest(this.#attacker, "attacker", reading));
    this.#secrets = victimSecrets(this.#victim, this.#attacker, text);
    this.#print = await this.#options.fingerprint();
    for (const [operation, answer] of controls) this.#noteControl(operation, answer);
    const changes = inOrder(operations.filter(({ isRead }) => !isRead));
    for (const operation of operations.filter(({ isRead }) => isRead)) await this.#attack(operation, () => true);
    for (const operation of changes) await this.#attack(operation, ({ kind }) => kind === "reach");
    await this.#feel(pulse);
    for (const operation of changes) await this.#attackAsOneself(operation);
    for (const operation of operations.filter(({ method }) => method === "HEAD")) await this.#control(operation);
    for (const operation of changes) await this.#control(operation);
    return this.#notes.conclude(this.#requests);
  }

  async #attack(operation: Operation, isWanted: (attack: Attack) => boolean): Promise<void> {
    const { attacks, impossible } = planAttacks(operation, this.#sides(), this.#drafting);
    for (const reason of impossible) this.#notes.add(operation, { reason });
    for (const attack of attacks.filter(isWanted)) await this.#try(attack, this.#attacker);
    // Once for all that should only read: looking costs more than asking.
    if (operation.isRead) this.#notes.changed(operation, await this.#changes());
  }

  /** What may change the attacker's own: fields with the victim's ids, and the request as it should be. */
  async #attackAsOneself(operation: Operation): Promise<void> {
    const attacker = await this.#prepared(operation, "attacker");
    const { attacks } = planAttacks(operation, { ...this.#sides(), attacker }, this.#drafting);
    for (const attack of attacks.filter(({ kind }) => kind !== "reach")) await this.#try(attack, attacker);
  }

  async #try(attack: Attack, attacker: Side): Promise<void> {
    const { draft, twin } = attack;
    const ask = (given: typeof draft) => exchange(this.#send, given, attacker.party.headers);
    const answer = await ask(draft);
    const changed = draft.operation.isRead ? [] : await this.#changes();
    const twins: Answer[] = twin === undefined ? [] : [await ask(twin())];
    // Whether a text differs for a reason or each time, a second one tells.
    if (twin !== undefined && twins.some((one) => isOtherText(answer, one))) twins.push(await ask(twin()));
    const verdict = judgeAttack({ attack, answer, twins, changed, secrets: this.#secrets });
    this.#notes.attacked(draft.operation, { name: attack.name, ...toExchange(answer) }, verdict);
    if (attack.kind !== "reach" && isDone(answer)) this.#forgetSaid(answer);
  }

  /** What the attacker said itself may come back, as the filters of an export do in its own audit log. What was given as secret is never said. */
  #forgetSaid({ request }: Answer): void {
    this.#secrets = new Set([...this.#secrets].filter((secret) => !request.includes(secret)));
  }

  /** What is another than when it was last looked at. */
  async #changes(): Promise<string[]> {
    const before = this.#print;
    this.#print = await this.#options.fingerprint();
    return changedBetween(before, this.#print);
  }

  /** Refusals to somebody who has been signed out meanwhile prove nothing. */
  async #feel([operation, before]: readonly [Operation, Answer]): Promise<void> {
    const draft = draftRequest(operation, ownSources("attacker", this.#attacker), this.#drafting);
    if ("missing" in draft) return;
    const answer = await exchange(this.#send, draft, this.#attacker.party.headers);
    if (isDone(answer)) return;
    const reason = `The attacker could read this before the attacks (${before.status}) and no longer can (${answer.status}): some attack cost it its session or its place, so that the refusals after it prove nothing.`;
    this.#notes.add(operation, { reason });
  }

  /** The victim's own request, with one of its things after the other until it succeeds. */
  async #control(operation: Operation): Promise<void> {
    const side = await this.#prepared(operation, "victim");
    const tried = new Set<string>();
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const draft = draftRequest(operation, { ...ownSources("victim", side), turn }, this.#drafting);
      if ("missing" in draft) return;
      const key = JSON.stringify([...draft.parameters]);
      if (tried.has(key)) return;
      tried.add(key);
      const answer = await exchange(this.#send, draft, side.party.headers);
      this.#noteControl(operation, answer);
      if (!isDone(answer)) continue;
      this.#victim.known.learn(answer.json, operation.collection);
      return;
    }
  }

  #noteControl(operation: Operation, answer: Answer): void {
    this.#notes.controlled(operation, toExchange(answer), {
      isDone: isDone(answer),
      showsVictim: toldSecret({ ...answer, request: "" }, this.#secrets) !== undefined,
    });
  }

  async #prepared(operation: Operation, as: "attacker" | "victim"): Promise<Side> {
    const side = as === "attacker" ? this.#attacker : this.#victim;
    if (this.#options.prepare === undefined) return side;
    const changes = await this.#options.prepare({ operation: operation.key, as });
    this.#print = await this.#options.fingerprint();
    return side.with(changes);
  }

  #sides(): { attacker: Side; victim: Side } {
    return { attacker: this.#attacker, victim: this.#victim };
  }
}

function ownSources(as: "attacker" | "victim", side: Side) {
  return { as, place: side, ids: side, content: side };
}

function toExchange({ sent, status, refusal }: Answer): { sent: string; status: number; refusal: string } {
  return { sent, status, refusal };
}

/** An operation that shows whether somebody still is who they were: one of the organization, if there is any. */
function findPulse(answers: ReadonlyMap<Operation, Answer>): readonly [Operation, Answer] {
  const done = [...answers].filter(([, answer]) => isDone(answer));
  const found = done.find(([{ parameters }]) => parameters.some(({ isRequired }) => isRequired)) ?? done.at(-1);
  if (found !== undefined) return found;
  throw new TypeError(
    "The attacker can read nothing, not even its own: every refusal would be for that reason. Is it signed in?",
  );
}

/** What makes something, what changes it, what takes it away; parts before wholes, and last what names nothing, as signing out. */
function inOrder(operations: readonly Operation[]): Operation[] {
  const rank = ({ method, path, body, parameters }: Operation) => [
    endsSession.test(path) ? 2 : parameters.length > 0 || body !== undefined ? 0 : 1,
    ["POST", "PUT", "PATCH", "DELETE"].indexOf(method),
    method === "DELETE" ? -path.split("/").length : 0,
  ];
  const ranked = operations.map((operation) => ({ operation, key: rank(operation) }));
  return ranked
    .sort(
      ({ key: one }, { key: other }) => one.map((value, at) => value - (other[at] ?? 0)).find((by) => by !== 0) ?? 0,
    )
    .map(({ operation }) => operation);
}
