import * as v from "valibot";
import { Presence } from "@/lib/model/presence.ts";

/** The report of an instance about itself for all others. */
export interface BeaconReport {
  /** By address: the presence of agents who have their home there. */
  presences?: Record<string, Presence>;
  /** Those of them who can be called but not written to. */
  phones?: string[];
  /** Keys of the PBXs that are linked there. */
  pbx?: string[];
  /** Addresses whose presence is shown there but not known there. */
  wants?: string[];
  /** Visitors' ringing and running calls and chats there, by block of
   * addresses. */
  contacts?: Record<string, number>;
  /** Abilities that instances of an earlier version lack. */
  can?: string[];
  /** Facts of the PBX links there, by key, in any text. */
  links?: Record<string, string>;
}

/** A report as pairs of texts, so that a change can be sent alone. */
type Facts = ReadonlyMap<string, string>;

/** A step from one report to the next. */
export interface ReportStep {
  set: Record<string, string>;
  unset: string[];
}

/** One of the parts of report `n`, counted from 0. */
export interface ReportPart {
  n: number;
  part: number;
  isLast: boolean;
  set: Record<string, string>;
}

/** Bytes of a step or a part of a report, at most. NATS carries 1 MiB. */
const PART_LENGTH_MAX = 200_000;

/** The own report: counts its changes. */
export class OwnReport {
  #facts: Facts = new Map();
  /** Number of the current report. */
  n = 0;

  /** Replaces the report. Returns the step; undefined if nothing has changed, and
   * "long" if the step does not fit in one message. */
  replace(report: BeaconReport): ReportStep | "long" | undefined {
    const [before, after] = [this.#facts, factsOf(report)];
    const set = [...after].filter(([key, value]) => before.get(key) !== value);
    const unset = [...before.keys()].filter((key) => !after.has(key));
    if (set.length + unset.length === 0) return undefined;
    this.#facts = after;
    this.n++;
    const length = lengthOf(set) + lengthOf(unset.map((key) => [key, ""]));
    return length > PART_LENGTH_MAX
      ? "long"
      : { set: Object.fromEntries(set), unset };
  }

  /** The whole report in parts that fit in one message each, at least one. */
  *parts(): Generator<ReportPart> {
    const { n } = this;
    let part = 0;
    let facts: [string, string][] = [];
    let length = 0;
    for (const fact of this.#facts) {
      if (length > PART_LENGTH_MAX) {
        yield { n, part, isLast: false, set: Object.fromEntries(facts) };
        part++;
        [facts, length] = [[], 0];
      }
      facts.push(fact);
      length += lengthOf([fact]);
    }
    yield { n, part, isLast: true, set: Object.fromEntries(facts) };
  }
}

/** A copy of another instance's report. */
export class CopiedReport {
  #facts = new Map<string, string>();
  /** Number of the report that this is a copy of. */
  n = 0;
  #snapshot:
    | { n: number; parts: number; facts: Map<string, string> }
    | undefined;
  /** Computed when it is asked for. */
  #report: BeaconReport | undefined = {};

  get report(): BeaconReport {
    return this.#report ??= reportOf(this.#facts);
  }

  /** Applies the step to report `n`. Returns false if the one before is missing. */
  step(n: number, { set, unset }: ReportStep): boolean {
    if (n !== this.n + 1) return false;
    for (const key of unset) this.#facts.delete(key);
    for (const [key, value] of Object.entries(set)) this.#facts.set(key, value);
    this.n = n;
    this.#report = undefined;
    return true;
  }

  /** Takes a part of the whole report. Returns true if it was the last one. */
  take({ n, part, isLast, set }: {
    n: number;
    part: number;
    isLast: boolean;
    set: Record<string, string>;
  }): boolean {
    if (part === 0) this.#snapshot = { n, parts: 0, facts: new Map() };
    const snapshot = this.#snapshot;
    if (snapshot?.n !== n || snapshot.parts !== part) return false;
    snapshot.parts++;
    for (const [key, value] of Object.entries(set)) {
      snapshot.facts.set(key, value);
    }
    if (!isLast) return false;
    this.#facts = snapshot.facts;
    this.n = n;
    this.#report = undefined;
    this.#snapshot = undefined;
    return true;
  }
}

function factsOf(
  { presences = {}, phones = [], pbx = [], wants = [], ...rest }: BeaconReport,
): Facts {
  const { can = [], contacts = {}, links = {} } = rest;
  return new Map([
    ...Object.entries(presences)
      .map(([address, presence]) => [`presence ${address}`, presence] as const),
    ...phones.map((address) => [`phones ${address}`, ""] as const),
    ...pbx.map((key) => [`pbx ${key}`, ""] as const),
    ...wants.map((address) => [`wants ${address}`, ""] as const),
    ...can.map((ability) => [`can ${ability}`, ""] as const),
    ...Object.entries(contacts)
      .map(([block, count]) => [`contacts ${block}`, String(count)] as const),
    ...Object.entries(links)
      .map(([key, facts]) => [`links ${key}`, facts] as const),
  ]);
}

/** Facts of a later version, which this one does not know, are left out. */
function reportOf(facts: Facts): BeaconReport {
  const presences: [string, Presence][] = [];
  const phones: string[] = [];
  const can: string[] = [];
  const lists: Record<string, string[]> = { pbx: [], wants: [] };
  const contacts: [string, number][] = [];
  const links: [string, string][] = [];
  for (const [key, value] of facts) {
    const [kind = "", ...rest] = key.split(" ");
    const name = rest.join(" ");
    if (kind === "phones") phones.push(name);
    else if (kind === "can") can.push(name);
    else if (kind === "contacts") contacts.push([name, Number(value) || 0]);
    else if (kind === "links") links.push([name, value]);
    else if (kind !== "presence") lists[kind]?.push(name);
    else if (v.is(Presence, value)) presences.push([name, value]);
  }
  return {
    presences: Object.fromEntries(presences),
    ...(phones.length > 0 && { phones }),
    ...(can.length > 0 && { can }),
    ...(contacts.length > 0 && { contacts: Object.fromEntries(contacts) }),
    ...(links.length > 0 && { links: Object.fromEntries(links) }),
    ...lists,
  };
}

function lengthOf(facts: readonly (readonly [string, string])[]): number {
  return facts.reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
}
