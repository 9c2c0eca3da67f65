import type { DesksElsewhere } from "@/lib/admin/own_desk.ts";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { pause } from "@/lib/base/pause.ts";
import type { Peer, Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { ClusterAgents } from "@/lib/cluster/cluster_agents.ts";
import type { Members } from "@/lib/cluster/members.ts";
import type { Pipes } from "@/lib/cluster/pipes.ts";
import type { Questions } from "@/lib/cluster/questions.ts";
import { openRemoteSocket } from "@/lib/cluster/remote_socket.ts";
import type { Opener } from "@/lib/cluster/served.ts";
import { SocketRelays } from "@/lib/cluster/socket_relays.ts";
import type { Bridge } from "@/lib/contact/bridge.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import {
  DeskArrivals,
  type DeskArrivalsOptions,
  type WorkspaceClaims,
} from "@/lib/desk/desk_arrivals.ts";
import type { Account } from "@/lib/model/account.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { Store } from "@/lib/store/open.ts";
import { Arrivals, type ArrivalsOptions } from "@/lib/visitor/arrivals.ts";
import type { VisitorBank } from "@/lib/visitor/bank.ts";
import { Orphans } from "@/lib/visitor/orphans.ts";
import { desksElsewhere } from "./desks_elsewhere.ts";
import { gatherChats } from "./gather_chats.ts";

/** After a stop was requested, the port stays open for this time, because load
 * balancers notice late that the instance is not ready. */
const PORT_OPEN_MS = 5_000;
/** Time between two looks whether the calls of PBXs have ended. */
const PBX_LOOK_MS = 500;

export interface HomesOptions {
  store: Pick<Store, "instance"> & {
    instances: Pick<Store["instances"], "isAlive">;
    runningChats: Pick<
      Store["runningChats"],
      "ofSeat" | "owned" | "seatsOfAgent"
    >;
    workspaceClaims:
      & WorkspaceClaims
      & Pick<Store["workspaceClaims"], "homeOf">;
  };
  clock: Clock;
  members: Pick<Members, "announce" | "get" | "suspect" | "drain">;
  pipes: Pick<Pipes, "open">;
  agents: Pick<ClusterAgents, "desk" | "gather">;
  questions: Pick<Questions, "answer" | "askOne">;
  desk: DeskArrivalsOptions["bank"] & Pick<DeskBank, "hasContact" | "overview">;
  pbx: Pick<PbxBank, "closeIdle">;
  visitors:
    & ArrivalsOptions["bank"]
    & Pick<VisitorBank, "acceptRelayed" | "adoptSeat" | "drain">;
  bridge: Pick<Bridge, "settled">;
  /** True for instances that have ended. */
  isDead(home: string): Promise<boolean>;
  /** Returns the instances that can continue what this one has. */
  successors(): string[];
  /** False while the store does not answer this instance. */
  isStoreOk(): boolean;
  /** A message of another instance was not readable. */
  onBadMessage(): void;
}

/**
 * Brings each page to its home, which is at one of several instances, and takes
 * over what others have left. It leaves everything to others before this
 * instance stops.
 */
export class Homes implements AsyncDisposable {
  /** How this instance accepts the relayed sockets of others. */
  readonly openers: Readonly<Record<string, Opener>>;
  /** For an agent's pages that have reached another instance than the desk. */
  readonly desks: DesksElsewhere;
  readonly #options: HomesOptions;
  readonly #relays: SocketRelays;
  readonly #visitors: Arrivals;
  readonly #desks: DeskArrivals;
  #orphans: Orphans | undefined;

  constructor(options: HomesOptions) {
    this.#options = options;
    const { pipes, clock, members, visitors, onBadMessage } = options;
    const { store: { runningChats } } = options;
    this.#relays = new SocketRelays({
      ...{ pipes, clock, onBadMessage },
      suspect: (id) => void members.suspect(id),
    });
    this.#visitors = new Arrivals({
      ...{ clock, bank: visitors },
      isAlive: (home) => this.#isAlive(home),
      chatsOf: (seat) => runningChats.ofSeat(seat),
      offer: (home, { token, socket, peer }) => {
        const to = {
          open: "socket",
          endpoint: "visitor",
          token,
          peer,
        } as const;
        return this.#relays.offer(home, to, socket);
      },
    });
    this.#desks = this.#deskArrivals();
    this.desks = desksElsewhere({
      ...options,
      homeOf: async (account) => {
        const home = await options.store.workspaceClaims.homeOf(account);
        return home && members.get(home)?.id;
      },
    });
    this.openers = {
      socket: (pipe, opening) =>
        openRemoteSocket(pipe, opening, {
          onBadMessage,
          banks: {
            visitor: (...page) => visitors.acceptRelayed(...page),
            desk: (account, socket) =>
              this.#desks.acceptRelayed(socket, account),
          },
        }),
    };
  }

  /** Number of sockets whose pages have their home at another instance. */
  get relayed(): number {
    return this.#relays.size;
  }

  /** Number of agents whose workspace is here. */
  get workspaces(): number {
    return this.#desks.size;
  }

  /** Takes over the socket of a visitor's page. */
  visitor(socket: Socket, peer: Peer): SocketEvents {
    return this.#visitors.accept(socket, peer);
  }

  /** Takes over the socket of an agent's page. */
  desk(socket: Socket, account: Account): SocketEvents {
    return this.#desks.accept(socket, account);
  }

  /** Says if an agent's devices can be notified while the desk is closed. */
  setReachable(account: string, isReachable: boolean): void {
    this.#desks.setReachable(account, isReachable);
  }

  /** Announces this instance, and begins to continue the chats that others have
   * left. */
  begin(): void {
    const { store, clock, successors, visitors, members } = this.#options;
    members.announce();
    const { instance: own, instances, runningChats } = store;
    this.#orphans = new Orphans({
      ...{ own, clock },
      chats: () => runningChats.owned(),
      isAlive: (home) => instances.isAlive(home),
      others: () => successors(),
      adopt: (seat) => visitors.adoptSeat(seat),
    });
  }

  /**
   * Leaves chats, workspaces and PBX links to the other instances, and waits for
   * calls, and for chats that are not stored, within the time. The port stays
   * open for the first part of it. Without other instances it waits only.
   */
  async drain(withinMs: number, closePort: () => void): Promise<void> {
    const { clock, members, visitors } = this.#options;
    this.#orphans?.[Symbol.dispose]();
    members.drain();
    const openMs = this.#hasOthers() ? Math.min(PORT_OPEN_MS, withinMs / 2) : 0;
    if (openMs > 0) await pause(clock, openMs);
    closePort();
    const leftMs = withinMs - openMs;
    if (!this.#hasOthers()) return await visitors.drain(leftMs);
    await Promise.race([pause(clock, leftMs), this.#leave(leftMs)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#orphans?.[Symbol.dispose]();
    await this.#desks[Symbol.asyncDispose]();
  }

  async #leave(withinMs: number): Promise<void> {
    const { bridge, visitors } = this.#options;
    const drained = visitors.drain(withinMs, { toOthers: true });
    this.#relays.closeAll();
    // An agent's chats must be claimable before the agent's pages move.
    await bridge.settled();
    await Promise.all([drained, this.#desks.drain(), this.#leavePbxs()]);
  }

  /** Resolves when no PBX is linked. */
  #leavePbxs(): Promise<void> {
    const { pbx, clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const looking = every(clock, PBX_LOOK_MS, () => {
      if (!pbx.closeIdle()) return;
      looking[Symbol.dispose]();
      resolve();
    }, 0);
    return promise;
  }

  #deskArrivals(): DeskArrivals {
    const { clock, desk, store, isDead } = this.#options;
    return new DeskArrivals({
      ...{ clock, isDead, bank: desk },
      claims: store.workspaceClaims,
      own: store.instance,
      offer: (home, { account, socket }) => {
        const to = { open: "socket", endpoint: "desk", account } as const;
        return this.#relays.offer(home, to, socket);
      },
      gather: (address) => gatherChats(address, this.#options),
    });
  }

  /** True for other instances that can have a seat. One without the store keeps
   * its seats only while this instance cannot claim them either. */
  #isAlive(home: string): boolean {
    const { members, isStoreOk } = this.#options;
    const member = members.get(home);
    return member !== undefined && (member.store === "ok" || !isStoreOk());
  }

  #hasOthers(): boolean {
    return this.#options.successors().length > 0;
  }
}
