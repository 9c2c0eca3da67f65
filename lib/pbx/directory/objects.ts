import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { addressOf, sipIdOf } from "../address.ts";
import { decodeMessage } from "../link/envelope.ts";
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
/** Queues and groups of one PBX. It outlives links, so that they aren't read
 * for each new link. Undefined until they have been read. */
export interface Listing {
  queues: readonly Found[] | undefined;
  groupNames: readonly string[] | undefined;
  /** The next time at which they may be read. */
  nextAt: number;
}

export function newListing(): Listing {
  return { queues: undefined, groupNames: undefined, nextAt: 0 };
}

const ObjectResult = v.object({ h323: v.exactOptional(name, "") });

/** The dependencies of the objects. */
export interface ObjectsOwner {
  link: PbxLink;
  clock: Clock;
  listing: Listing;
  /** Returns the watched addresses. */
  watched(): readonly string[];
  /** Receives the states by SIP-ID; a missing address is not an object. */
  tell(objects: ReadonlyMap<string, Presence>): void;
  /** Calls back when a Boolean changes, if the PBX grants the right. */
  subscribeDialog(address: string, changed: () => void): Disposable;
}

/**
 * Objects that can be an agent, or decide about one, and are not users: Boolean
 * objects, groups and waiting queues. Their presence can't be subscribed to, so
 * they are polled: often while one is watched, otherwise rarely.
 */
export class Objects implements Disposable {
  readonly #owner: ObjectsOwner;
  readonly #dialogs = new Map<string, Disposable>();
  /** The PBX's last answer; a request without an answer changes nothing. */
  #booleans: ReadonlyMap<string, Presence> = new Map();
  readonly #groups = new Map<string, Presence>();
  #listed: Promise<boolean> | undefined;
  #timer: Disposable | undefined;
  #isReading = false;
  #isStale = false;
  #isOver = false;

  constructor(owner: ObjectsOwner) {
    this.#owner = owner;
  }

  /**
   * Returns waiting queues and groups for the search. Reads them again at most
   * once in `listingMs`. Never rejects.
   */
  async search(): Promise<Found[]> {
    if (await this.#list()) void this.refresh();
    const { queues = [], groupNames = [] } = this.#owner.listing;
    const groups = groupNames.map((name): Found => ({
      address: addressOf(name),
      name,
      email: "",
      untested: true, // No source says that calls can go to a group's name.
    }));
    return [...queues, ...groups];
  }

  /** Must be called when an address is watched. */
  watching(address: string): void {
    if (this.#isChanging(address)) void this.refresh();
  }

  /** Reads all states, and schedules the next reads. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#isOver) return;
    this.#isStale = true;
    if (this.#isReading) return; // It will read once more afterwards.
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
    const { listing } = this.#owner;
    const isListed = listing.queues && listing.groupNames;
    if (!isListed) await this.#list();
    await this.#readBooleans();
    await this.#readGroups();
    if (this.#isOver) return;
    const queues = (listing.queues ?? [])
      .map(({ address }) => [sipIdOf(address), "online"] as const);
    this.#owner.tell(new Map([...queues, ...this.#groups, ...this.#booleans]));
    this.#subscribe([...this.#booleans.keys()]);
  }

  /** Reads the listing if it is due. Callers share one read; returns true if it
   * ran. */
  #list(): Promise<boolean> {
    this.#listed ??= this.#readListing()
      .finally(() => this.#listed = undefined);
    return this.#listed;
  }

  async #readListing(): Promise<boolean> {
    const { clock, listing } = this.#owner;
    if (clock.now() < listing.nextAt) return false;
    const groups = (await this.#ask("GetGroups", Groups))?.groups;
    const queues = await this.#readQueues();
    // Without an answer the known state stays, and the next try is sooner.
    const wait = groups && queues ? LIMITS.listingMs : LIMITS.directoryMs;
    listing.nextAt = clock.now() + wait;
    listing.groupNames = groups ?? listing.groupNames;
    listing.queues = queues ?? listing.queues;
    return true;
  }

  /** True for Booleans and groups, which may change at any time. */
  #isChanging(address: string): boolean {
    const name = sipIdOf(address);
    return this.#booleans.has(name) ||
      this.#owner.listing.groupNames?.includes(name) === true;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#timer?.[Symbol.dispose]();
    for (const dialog of this.#dialogs.values()) dialog[Symbol.dispose]();
  }

  #wait(): void {
    if (this.#isOver) return;
    const isWatched = this.#owner.watched().some((a) => this.#isChanging(a));
    this.#timer = this.#owner.clock.after(
      isWatched ? LIMITS.booleanPollMs : LIMITS.directoryMs,
      () => void this.refresh(),
    );
  }

  #subscribe(booleans: string[]): void {
    const watched = new Set(this.#owner.watched().map(sipIdOf));
    for (const address of booleans) {
      if (this.#dialogs.has(address) || !watched.has(address)) continue;
      const changed = () => void this.refresh();
      const dialog = this.#owner.subscribeDialog(addressOf(address), changed);
      this.#dialogs.set(address, dialog);
    }
  }

  /** Without an answer the known state stays; the same applies below. */
  async #readBooleans(): Promise<void> {
    const read = await this.#ask("GetBooleans", Booleans);
    if (read === undefined) return;
    this.#booleans = new Map(
      read.booleans.map(({ name, on }) => [name, available(on)]),
    );
  }

  /** INFERRED: a group is available while one of its members is active. */
  async #readGroups(): Promise<void> {
    const watched = new Set(this.#owner.watched().map(sipIdOf));
    const { groupNames = [] } = this.#owner.listing;
    const names = groupNames.filter((name) => watched.has(name));
    for (const grp of this.#groups.keys()) {
      if (!names.includes(grp)) this.#groups.delete(grp);
    }
    for (const grp of names) {
      const group = await this.#ask("GetGroup", Group, { grp });
      if (group === undefined) continue;
      this.#groups.set(grp, available(group.member.some((m) => m.active)));
    }
  }

  async #readQueues(): Promise<Found[] | undefined> {
    const pseudo = "waiting";
    const read = await this.#ask("GetPseudoObjects", Queues, { pseudo });
    if (read === undefined) return undefined;
    const { queues: before = [] } = this.#owner.listing;
    const known = new Map(before.map((queue) => [queue.name, queue]));
    const queues: Found[] = [];
    for (const { cn, guid } of read.objects) {
      const address = known.get(cn)?.address ??
        addressOf(await this.#sipIdOf(cn, guid));
      queues.push({ address, name: cn, email: "" });
    }
    return queues;
  }

  /** INFERRED: GetObjectResult contains the SIP-ID of the object; otherwise use
   * its name. */
  async #sipIdOf(cn: string, guid: string): Promise<string> {
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
    const { link } = this.#owner;
    const answer = await link.request({ api: "PbxAdminApi", mt, ...members });
    return answer.ok ? decodeMessage(schema, answer.value, link) : undefined;
  }
}

function available(is: boolean): Presence {
  return is ? "online" : "offline";
}
