import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { Presence } from "@/lib/model/presence.ts";
import type { Envelope } from "../link/envelope.ts";
import type { PbxLink } from "../link/pbx_link.ts";
import { LIMITS } from "../limits.ts";
import type { Found } from "./users.ts";

const OBJECTS_MAX = 500;
const name = v.pipe(v.string(), v.maxLength(200));

const Booleans = v.object({
  booleans: v.exactOptional(
    v.pipe(
      v.array(v.object({ name, on: v.exactOptional(v.boolean(), false) })),
      v.maxLength(OBJECTS_MAX),
    ),
    [],
  ),
});
const Groups = v.object({
  groups: v.exactOptional(
    v.pipe(v.array(name), v.maxLength(OBJECTS_MAX)),
    [],
  ),
});
const Group = v.object({
  member: v.exactOptional(
    v.array(v.object({ active: v.exactOptional(v.boolean(), false) })),
    [],
  ),
});
const Queues = v.object({
  objects: v.exactOptional(
    v.pipe(
      v.array(v.object({ cn: name, guid: v.exactOptional(name, "") })),
      v.maxLength(OBJECTS_MAX),
    ),
    [],
  ),
});
const ObjectResult = v.object({ h323: v.exactOptional(name, "") });

/** What the objects need of their link. */
export interface ObjectsHost {
  link: PbxLink;
  clock: Clock;
  /** Addresses that somebody watches. */
  watched(): readonly string[];
  /** Whoever watches is told; an address that is missing is no object. */
  tell(objects: ReadonlyMap<string, Presence>): void;
  /** Is told when a Boolean changes, as far as the PBX grants it. */
  subscribeDialog(address: string, changed: () => void): Disposable;
}

/**
 * What can be an agent, or decide about one, and is no user: Boolean objects,
 * groups and waiting queues. They have no presence that could be subscribed,
 * so they are read: often while somebody watches one, else rarely.
 */
export class Objects implements Disposable {
  readonly #host: ObjectsHost;
  readonly #dialogs = new Map<string, Disposable>();
  #queues: readonly Found[] = [];
  #groupNames: readonly string[] = [];
  /** When queues and the names of groups were read: they change rarely. */
  #listedAt: number | undefined;
  /** Booleans and groups: what may change at any time. */
  #changing: ReadonlySet<string> = new Set();
  #timer: Disposable | undefined;
  #isReading = false;
  #isStale = false;
  #isOver = false;

  constructor(host: ObjectsHost) {
    this.#host = host;
  }

  /** Waiting queues, for the search. */
  get queues(): readonly Found[] {
    return this.#queues;
  }

  /** Somebody begins to watch the address. */
  watching(address: string): void {
    if (this.#changing.has(address)) void this.refresh();
  }

  /** Reads all, and goes on by itself. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#isOver) return;
    this.#isStale = true;
    if (this.#isReading) return; // It reads once more when it is done.
    this.#isReading = true;
    this.#timer?.[Symbol.dispose]();
    while (this.#isStale && !this.#isOver) {
      this.#isStale = false;
      await this.#read();
    }
    this.#isReading = false;
    this.#wait();
  }

  async #read(): Promise<void> {
    const now = this.#host.clock.now();
    if (
      this.#listedAt === undefined || now - this.#listedAt >= LIMITS.directoryMs
    ) {
      this.#listedAt = now;
      this.#groupNames = await this.#readGroupNames();
      this.#queues = await this.#readQueues();
    }
    const booleans = await this.#booleans();
    const groups = await this.#groups();
    if (this.#isOver) return;
    this.#changing = new Set([...booleans.keys(), ...this.#groupNames]);
    const queues = this.#queues.map((q) => [q.address, "online"] as const);
    this.#host.tell(new Map([...queues, ...groups, ...booleans]));
    this.#subscribe([...booleans.keys()]);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#timer?.[Symbol.dispose]();
    for (const dialog of this.#dialogs.values()) dialog[Symbol.dispose]();
  }

  #wait(): void {
    if (this.#isOver) return;
    const isWatched = this.#host.watched().some((a) => this.#changing.has(a));
    this.#timer = this.#host.clock.after(
      isWatched ? LIMITS.booleanPollMs : LIMITS.directoryMs,
      () => void this.refresh(),
    );
  }

  #subscribe(booleans: string[]): void {
    const watched = new Set(this.#host.watched());
    for (const address of booleans) {
      if (this.#dialogs.has(address) || !watched.has(address)) continue;
      const changed = () => void this.refresh();
      const dialog = this.#host.subscribeDialog(address, changed);
      this.#dialogs.set(address, dialog);
    }
  }

  async #booleans(): Promise<Map<string, Presence>> {
    const { booleans } = await this.#ask("GetBooleans", Booleans) ??
      { booleans: [] };
    return new Map(booleans.map(({ name, on }) => [name, available(on)]));
  }

  async #readGroupNames(): Promise<readonly string[]> {
    return (await this.#ask("GetGroups", Groups))?.groups ?? [];
  }

  /** INFERRED: a group is available while a member of it is active. */
  async #groups(): Promise<Map<string, Presence>> {
    const states = new Map<string, Presence>();
    const watched = new Set(this.#host.watched());
    for (const grp of this.#groupNames.filter((name) => watched.has(name))) {
      const group = await this.#ask("GetGroup", Group, { grp });
      states.set(grp, available(group?.member.some((m) => m.active) ?? false));
    }
    return states;
  }

  async #readQueues(): Promise<Found[]> {
    const pseudo = "waiting";
    const read = await this.#ask("GetPseudoObjects", Queues, { pseudo });
    const known = new Map(this.#queues.map((queue) => [queue.name, queue]));
    const queues: Found[] = [];
    for (const { cn, guid } of read?.objects ?? []) {
      const address = known.get(cn)?.address ?? await this.#addressOf(cn, guid);
      queues.push({ address, name: cn, email: "" });
    }
    return queues;
  }

  /** INFERRED: GetObjectResult has the SIP-ID of the object; else its name. */
  async #addressOf(cn: string, guid: string): Promise<string> {
    if (guid === "") return cn;
    const read = await this.#ask("GetObject", ObjectResult, { guid });
    return read?.h323 || cn;
  }

  async #ask<T>(
    mt: string,
    schema: v.GenericSchema<unknown, T>,
    members: Record<string, unknown> = {},
  ): Promise<T | undefined> {
    if (this.#isOver) return undefined;
    const { link } = this.#host;
    const answer = await link.request({ api: "PbxAdminApi", mt, ...members });
    if (!answer.ok) return undefined;
    return this.#decode(answer.value, schema);
  }

  #decode<T>(
    message: Envelope,
    schema: v.GenericSchema<unknown, T>,
  ): T | undefined {
    const read = v.safeParse(schema, message);
    if (read.success) return read.output;
    this.#host.link.problem(`${message.mt} is unreadable`);
    return undefined;
  }
}

function available(is: boolean): Presence {
  return is ? "online" : "offline";
}
