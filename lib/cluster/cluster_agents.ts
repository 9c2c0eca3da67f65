import * as v from "valibot";
import type { Clock } from "@/lib/base/clock.ts";
import type { OwningPort } from "@/lib/contact/directory.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { GatheredMessage, type GatherOpening } from "./agent_messages.ts";
import { type AgentShown, OFFLINE } from "./agent_shown.ts";
import { ClusterBank } from "./cluster_bank.ts";
import { LastingChats } from "./lasting_chats.ts";
import { HeldAddresses } from "./held_addresses.ts";
import type { BeaconReport, Members } from "./members.ts";
import type { Pipes } from "./pipes.ts";
import { CALL_HANDOVER, Presences } from "./presences.ts";
import { type Opener, Served } from "./served.ts";

/** The desk of this instance, which reports all of its agents. */
export interface ReportingDesk extends OwningPort, AgentFinder {
  /** Reports each agent who is not offline, then each change, until disposed
   * of. */
  watchAll(tell: (address: string, presence: Presence) => void): Disposable;
}

export interface ClusterAgentsOptions {
  /** This instance's id. */
  own: string;
  pipes: Pick<Pipes, "open">;
  desk: ReportingDesk;
  pbx: AgentPort & AgentFinder;
  /** Returns the keys of the PBXs that are linked to this instance. */
  links(): string[];
  clock: Clock;
  members: Pick<Members, "all" | "changed" | "onReport" | "onGone">;
  /** Returns the home of this agent's workspace, as it is stored. */
  homeOf?(address: string): Promise<string | undefined>;
  /** Returns the home of a chat, as it is stored. */
  homeOfChat?(chat: string): Promise<string | undefined>;
  /** A message about an agent was not readable. */
  onBadMessage?(): void;
}

/** A desk's page waits no longer than this for the agent's chats, in ms. */
const GATHER_MS = 500;

/**
 * All agents of the service, at whichever instance they are (SPEC.md, Agents on
 * other instances). A Directory gets `desk` and `pbx` in place of the banks of
 * this instance.
 */
export class ClusterAgents implements Disposable {
  readonly desk: OwningPort & AgentFinder;
  readonly pbx: AgentPort & AgentFinder;
  /** How this instance accepts the pipes of others, by the `open` of their first
   * message. */
  readonly openers: Readonly<Record<string, Opener>>;
  readonly #options: ClusterAgentsOptions;
  /** The PBXs of this instance. */
  readonly #linked: LastingChats;
  readonly #presences: Presences;
  readonly #held: HeldAddresses;
  readonly #served: Served;
  readonly #banks: readonly ClusterBank[];
  readonly #deskChats: ClusterBank;
  readonly #listening = new DisposableStack();
  /** The state of all agents of this instance who are not offline. */
  readonly #own = new Map<string, AgentShown>();
  /** By chat: called when another instance has opened it here. */
  readonly #waiting = new Map<string, () => void>();

  constructor(options: ClusterAgentsOptions) {
    this.#options = options;
    const { own, clock, desk, homeOf, homeOfChat } = options;
    const pbx = new LastingChats(options.pbx);
    this.#linked = pbx;
    this.#presences = new Presences({
      own,
      clock,
      homeOf: (address) => desk.owns(address) ? homeOf?.(address) : undefined,
    });
    this.#held = new HeldAddresses(pbx, {
      clock,
      counts: () =>
        options.links().length > 0 || this.#presences.linked.length === 0,
      changed: (address, shown) => this.#ownChanged(address, shown),
    });
    this.#deskChats = this.#bank("desk");
    const pbxChats = this.#bank("pbx");
    this.#banks = [this.#deskChats, pbxChats];
    this.desk = withOwner(this.#deskChats, desk);
    this.pbx = pbxChats;
    this.#served = new Served({
      banks: { desk, pbx },
      clock,
      gather: (address, to) => this.#deskChats.gather(address, to),
      replaced: (chat) => this.#drop(chat),
      isHome: (chat) => this.#banks.some((bank) => bank.has(chat)),
      ...(homeOfChat && { homeOf: homeOfChat }),
      opened: (chat) => this.#waiting.get(chat)?.(),
      onBadMessage: () => options.onBadMessage?.(),
    });
    this.openers = this.#served.openers;
    const watching = desk.watchAll((address, presence) =>
      this.#ownChanged(deskKey(address), { presence, lacks: undefined })
    );
    this.#listening.use(watching);
    const { members } = options;
    this.#listening.use(members.onReport((...report) => this.#hear(...report)));
    this.#listening.use(members.onGone((...gone) => this.#lose(...gone)));
  }

  /** Returns the agents' part of the next beacon. */
  report(): Required<Omit<BeaconReport, "contacts" | "links">> {
    this.#held.refresh(); // A link of this instance may be new or lost.
    const shown = [...this.#own];
    const hasOtherLinks = this.#presences.linked.length > 0;
    return {
      presences: Object.fromEntries(
        shown.map(([address, { presence }]) => [address, presence]),
      ),
      phones: shown.filter(([, { lacks }]) => lacks === "chat")
        .map(([address]) => address),
      pbx: this.#options.links(),
      can: [CALL_HANDOVER],
      wants: hasOtherLinks ? this.#held.unknown() : [],
    };
  }

  /** Brings the agent's chats here, because this instance is the home of the
   * agent's workspace from now on. Resolves when they are here, or after
   * 500 ms. */
  async gather(address: string): Promise<void> {
    const { own, clock } = this.#options;
    this.#deskChats.gather(address, own);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    using _timer = clock.after(GATHER_MS, resolve);
    const all = this.#options.members.all().map(({ id }) =>
      this.#gatherFrom(id, address)
    );
    await Promise.race([Promise.all(all), late]);
  }

  /** The service stops: the other instances learn nothing of the ends of their
   * calls and chats here. */
  [Symbol.dispose](): void {
    this.#served[Symbol.dispose]();
    this.#listening[Symbol.dispose]();
    this.#held[Symbol.dispose]();
    this.#presences[Symbol.dispose]();
  }

  #bank(name: "desk" | "pbx"): ClusterBank {
    const { own, pipes, clock, desk, links } = this.#options;
    const around = {
      ...{ own, pipes, clock, presences: this.#presences },
      replace: (chat: string) => this.#served.replace(chat),
      onBadMessage: () => this.#options.onBadMessage?.(),
    };
    if (name === "desk") {
      const kind = { name, bank: desk, keyOf: deskKey, canMove: true };
      return new ClusterBank({ ...kind, places: () => [own] }, around);
    }
    return new ClusterBank({
      ...{
        name,
        bank: this.#linked,
        keyOf: (address) => address,
        canMove: false,
      },
      places: () => {
        const { linked } = this.#presences;
        return links().length > 0 ? [own, ...linked] : [...linked, own];
      },
      hold: (address) => this.#held.hold(address),
    }, around);
  }

  /** Takes the report of another instance. */
  #hear(instance: string, report: BeaconReport): void {
    const before = this.#presences.linked.length;
    this.#presences.hear(instance, report);
    this.#held.serve(this.#presences.wanted());
    if (before === this.#presences.linked.length) return;
    this.#held.refresh();
    this.#options.members.changed();
  }

  /** Another instance has died, or stops on purpose. */
  #lose(instance: string, isPlanned: boolean): void {
    if (isPlanned) this.#presences.bye(instance);
    else this.#presences.dead(instance);
    this.#held.serve(this.#presences.wanted());
    this.#held.refresh();
  }

  #ownChanged(address: string, shown: AgentShown): void {
    if (shown.presence === OFFLINE.presence) this.#own.delete(address);
    else this.#own.set(address, shown);
    this.#presences.setOwn(address, shown);
    this.#options.members.changed();
  }

  #drop(chat: string): void {
    for (const bank of this.#banks) bank.drop(chat);
  }

  /** Resolves when the chats of that instance are here, or it is gone. */
  #gatherFrom(instance: string, address: string): Promise<void> {
    return new Promise((resolve) => {
      const pipe = this.#options.pipes.open(instance, {
        message: (message) => {
          const read = v.safeParse(GatheredMessage, message);
          pipe.close();
          if (!read.success) this.#options.onBadMessage?.();
          const chats = read.success ? read.output.chats : [];
          const opened = chats.map((chat) => this.#untilOpen(chat));
          Promise.all(opened).then(() => resolve());
        },
        broken: () => resolve(),
      });
      const opening: GatherOpening = { open: "gather", address };
      pipe.send(opening);
    });
  }

  async #untilOpen(chat: string): Promise<void> {
    if (this.#served.has(chat)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const { clock } = this.#options;
    using _timer = clock.after(GATHER_MS, resolve);
    this.#waiting.set(chat, resolve);
    await promise;
    this.#waiting.delete(chat);
  }
}

/** The key of a desk address in reports. */
function deskKey(address: string): string {
  return address.toLowerCase();
}

function withOwner(
  bank: ClusterBank,
  desk: OwningPort,
): OwningPort & AgentFinder {
  return {
    owns: (address) => desk.owns(address),
    settled: () => desk.settled(),
    watch: (...given) => bank.watch(...given),
    dial: (...given) => bank.dial(...given),
    resumeCall: (...given) => bank.resumeCall(...given),
    openChat: (...given) => bank.openChat(...given),
    resumeChat: (...given) => bank.resumeChat(...given),
    search: (...given) => bank.search(...given),
  };
}
