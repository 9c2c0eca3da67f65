import { getLogger } from "@logtape/logtape";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { Hub } from "@/lib/base/hub.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type {
  AgentFinder,
  AgentMatches,
  AgentPort,
  AgentQuery,
  CallEvent,
  CallLeg,
  ChatEvent,
  ChatLeg,
  OutgoingCall,
  OutgoingChat,
} from "@/lib/contact/ports.ts";
import { unreachable } from "@/lib/contact/unreachable.ts";
import type { TellPresence } from "@/lib/model/presence.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { findAgents } from "./directory/find.ts";
import type { Listing } from "./directory/objects.ts";
import type { Envelope } from "./link/envelope.ts";
import type { PbxInfo } from "./link/link_machine.ts";
import { type LinkOwner, PbxLink } from "./link/pbx_link.ts";
import { REFUSAL_REASONS, RefusalLog } from "./link/refusal_log.ts";
import { Refusals } from "./link/refusals.ts";
import { Trace } from "./link/trace.ts";
import { PbxPresence, type PresenceCache } from "./presence/pbx_presence.ts";
import type { PbxCallbackEvent } from "./signal/callback_leg.ts";
import type { CallbackLeg, CallBook } from "./signal/call_book.ts";
import type { OutgoingCallback } from "./signal/phone_then_number.ts";
import { Station } from "./station.ts";
import { type BankStatus, type LinkFacts, linkStatus } from "./status.ts";

const log = getLogger(["widgets", "pbx"]);

/** Why a link is closed. */
const REPLACED = "replaced by a newer link";
const STOPPING = "the service stops";

export interface PbxBankOptions {
  clock: Clock;
  /** Last known presence, for a restart: the PresenceStore. */
  cache: PresenceCache;
  /** Returns the App password, if one is set. Called at each login. */
  password: () => Promise<string | undefined>;
  /** Rejected logins are counted together with those of all who share it. */
  hub?: Hub<Topics>;
  /** True if PBXs are asked to show the visitor as the caller. */
  cliOverride?: boolean;
  /** A new link of this key can be used. */
  linked?(key: string): void;
  /** A PBX is linked, or not any more. */
  linksChanged?(): void;
}

/**
 * The agents who are users of PBXs. A PBX connects to the service, and not the
 * other way round, so `accept` takes each of its sockets. SPEC.md has the
 * rules.
 */
export class PbxBank implements AgentPort, AgentFinder, LinkOwner, Disposable {
  readonly trace = new Trace();
  readonly #options: PbxBankOptions;
  readonly #board: PbxPresence;
  readonly #guesses: Refusals;
  /** Connections that have not become a link yet. */
  readonly #waiting = new Set<PbxLink>();
  readonly #stations = new Map<string, Station>();
  /** By PBX. */
  readonly #listings = new Map<string, Listing>();
  /** The station with the presence subscriptions, by PBX. */
  readonly #presence = new Map<string, Station>();
  readonly refusals: RefusalLog;

  constructor(options: PbxBankOptions) {
    this.#options = options;
    this.#board = new PbxPresence(options.clock, options.cache);
    this.#guesses = new Refusals(options.clock, options.hub ?? new Hub());
    this.refusals = new RefusalLog(options.clock);
  }

  /** Reads the states from before the restart. */
  async load(): Promise<void> {
    await this.#board.load();
  }

  /** Accepts a connection at the instance path, from an address that is allowed
   * for a PBX. */
  accept(socket: Socket, { address }: Peer): SocketEvents {
    if (this.#guesses.isFull(address)) {
      this.refusals.add("throttled", address);
      socket.close(1013, "too many refused logins");
      return { message: () => {}, closed: () => {} };
    }
    const { clock, password } = this.#options;
    const tools = { clock, password, trace: this.trace };
    const link = new PbxLink(socket, address, { tools, owner: this });
    this.#waiting.add(link);
    return link;
  }

  watch(address: string, tell: TellPresence): Disposable {
    return this.#board.watch(address, tell);
  }

  async search(query: AgentQuery, signal: AbortSignal): Promise<AgentMatches> {
    signal.throwIfAborted();
    if (this.#stations.size === 0) return { agents: [], notice: "offline" };
    const able = this.#byKey().filter(({ users }) => users !== undefined);
    if (able.length === 0) return { agents: [], notice: "no-search" };
    const lists = able.flatMap(({ users, objects }) => [
      users?.all() ?? [],
      objects?.search() ?? [],
    ]);
    const found = await untilAborted(Promise.all(lists), signal);
    const once = new Map(found.flat().map((agent) => [agent.address, agent]));
    return findAgents([...once.values()], query);
  }

  dial(call: OutgoingCall, tell: (event: CallEvent) => void): CallLeg {
    const book = this.#bookFor(call.address);
    return book?.dial(call, tell) ?? unreachable(CAUSE.outOfOrder, tell);
  }

  openChat(chat: OutgoingChat, tell: (event: ChatEvent) => void): ChatLeg {
    const book = this.#bookFor(chat.address);
    return book?.openChat(chat, tell) ?? unreachable(CAUSE.outOfOrder, tell);
  }

  /** Calls an agent's phone, and then the number of a visitor (P66). */
  callBack(
    call: OutgoingCallback,
    tell: (event: PbxCallbackEvent) => void,
  ): CallbackLeg | undefined {
    return this.#bookFor(call.address)?.callBack(call, tell);
  }

  /** Returns, in the order of their keys, what the service has to know of the
   * links. */
  facts(): LinkFacts[] {
    return this.#byKey().map(({ link, info, registration, pbxKey }) => ({
      key: link.key ?? pbxKey,
      host: info.pbxDns,
      appObject: link.appObject,
      ...registration.state === "registered" && { ice: registration.ice },
    }));
  }

  /** Counts a connection at the instance path from an address that is not
   * allowed. */
  refuse({ address }: Peer): void {
    if (!this.refusals.add("address", address)) return;
    log.warn("Rejected a PBX connection from {address}", { address });
  }

  /** Returns the keys of the links. */
  links(): string[] {
    return [...this.#stations.keys()];
  }

  /** Closes the link of this key, because the PBX has a newer one elsewhere. */
  replace(key: string): void {
    this.#stations.get(key)?.link.close(REPLACED);
  }

  /** Closes the links without a call or chat. Returns true if none is left. */
  closeIdle(): boolean {
    for (const station of this.#byKey()) {
      const { calls, chats } = linkStatus(station);
      if (calls + chats === 0) station.link.close(STOPPING);
    }
    return this.#stations.size === 0;
  }

  /** Returns the data of /admin/pbx. */
  status(): BankStatus {
    return {
      links: this.#byKey().map(linkStatus),
      waiting: this.#waiting.size,
      refusals: this.refusals.rows(),
      refused: Object.fromEntries(
        REFUSAL_REASONS.map((why) => [why, this.refusals.total(why)]),
      ),
    };
  }

  [Symbol.dispose](): void {
    for (const { link } of this.#byKey()) link.close(STOPPING);
    for (const link of [...this.#waiting]) link.close(STOPPING);
    this.#board[Symbol.dispose]();
  }

  ready(link: PbxLink, info: PbxInfo): void {
    const { key } = link;
    if (key === undefined) return;
    this.#waiting.delete(link);
    const old = this.#stations.get(key);
    if (old?.link === link && sameRights(old.info, info)) return;
    const { clock, cliOverride = false } = this.#options;
    const board = this.#board;
    const listings = this.#listings;
    const before = old?.link === link ? old : undefined;
    const tools = { clock, board, listings, cliOverride, before };
    const station = new Station(link, info, tools);
    this.#stations.set(key, station);
    if (old?.link !== link) this.#options.linked?.(key);
    this.#options.linksChanged?.();
    log.info("PBX {key} is linked from {address}", {
      key,
      address: link.address,
    });
    this.#choosePresence(station.pbxKey);
    old?.[Symbol.dispose](); // P22: only now, so that no state is missed.
    if (old && old.link !== link) old.link.close(REPLACED);
  }

  message(link: PbxLink, message: Envelope): void {
    if (link.key !== undefined) this.#stations.get(link.key)?.message(message);
  }

  mustWait({ address, claim }: PbxLink): boolean {
    const mustWait = this.#guesses.mustWait(address, claim);
    if (mustWait) this.refusals.add("throttled", address);
    return mustWait;
  }

  refused({ address, claim }: PbxLink): void {
    this.refusals.add("login", address);
    this.#guesses.add(address, claim);
    log.warn("Rejected a PBX login from {address}", { address });
  }

  closed(link: PbxLink): void {
    this.#waiting.delete(link);
    for (const [key, station] of this.#stations) {
      if (station.link !== link) continue;
      this.#stations.delete(key);
      this.#options.linksChanged?.();
      this.#choosePresence(station.pbxKey);
      station[Symbol.dispose]();
      log.warn("PBX {key} disconnected", { key });
    }
  }

  /** Gives the subscriptions of each PBX to one link, the newest of its key. */
  #choosePresence(pbxKey: string): void {
    const before = this.#presence.get(pbxKey);
    const able = this.#byKey()
      .filter((s) => s.pbxKey === pbxKey && s.hasPresence);
    if (before && able.includes(before)) return;
    const [chosen] = able;
    if (chosen) this.#presence.set(pbxKey, chosen);
    else this.#presence.delete(pbxKey);
    if (chosen) this.#board.attach(pbxKey, chosen);
    else if (before) this.#board.detach(pbxKey, before);
  }

  #bookFor(address: string): CallBook | undefined {
    const home = this.#board.homeOf(address);
    const able = this.#byKey()
      .filter(({ registration }) => registration.state === "registered");
    const best = able.find(({ pbxKey }) => pbxKey === home) ?? able[0];
    return best?.calls;
  }

  #byKey(): Station[] {
    return [...this.#stations].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([, station]) => station);
  }
}

function sameRights(a: PbxInfo, b: PbxInfo): boolean {
  return [...a.apis].sort().join() === [...b.apis].sort().join();
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() =>
      signal.removeEventListener("abort", abort)
    );
    if (signal.aborted) abort();
  });
}
