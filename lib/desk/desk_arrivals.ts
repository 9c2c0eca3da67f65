import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { WaitingSocket } from "@/lib/base/waiting_socket.ts";
import type { Account } from "@/lib/model/account.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import type { DeskBank } from "./bank.ts";

const log = getLogger(["widgets", "desk"]);

/** Time between two looks whether this instance is still the home. */
const LOOK_MS = 3_000;
/** Looks between two tries to claim the workspaces of agents who can be reached
 * while the desk is closed. */
const LOOKS_PER_CLAIM = 2;
/** Before a stop, this number of workspaces is left at a time, so that the other
 * instances can keep up. */
const LEFT_TOGETHER = 20;
const LEAVE_MS = 200;
/** Messages of a page whose home is being looked for. */
const EARLY_MAX = 20;
/** Tries to find the home, and the time between two of them. */
const TRIES_MAX = 10;
const AGAIN_MS = 200;

/** The homes of workspaces, by account id: the store's claims. */
export interface WorkspaceClaims {
  claim(
    account: string,
    isDead: (home: string) => boolean | Promise<boolean>,
  ): Promise<string>;
  hold(account: string): Promise<boolean>;
  release(account: string): Promise<void>;
}

export interface DeskArrivalsOptions {
  bank: Pick<
    DeskBank,
    | "accept"
    | "addressOf"
    | "isUnused"
    | "hasRinging"
    | "leave"
    | "setReachable"
  >;
  claims: WorkspaceClaims;
  /** Id of this instance. */
  own: string;
  clock: Clock;
  isDead(home: string): boolean | Promise<boolean>;
  /** Offers the socket to another instance. Returns undefined if that one isn't
   * the home. */
  offer(
    home: string,
    page: { account: string; socket: Socket },
  ): Promise<SocketEvents | undefined>;
  /** Brings the agent's running chats here. Takes at most half a second. */
  gather(address: string): Promise<void>;
}

/** A workspace whose home is this instance. */
interface Held {
  /** The arrival of the agent's chats. */
  chats: Promise<void>;
  /** The sockets of its pages, also before their hello. */
  sockets: Set<Socket>;
}

/**
 * Brings all pages of an agent to one workspace, which is at one of several
 * instances (D34).
 */
export class DeskArrivals implements AsyncDisposable {
  readonly #options: DeskArrivalsOptions;
  readonly #held = new Map<string, Held>();
  /** Accounts whose devices can be notified while the desk is closed. */
  readonly #reachable = new Set<string>();
  #looks = 0;
  /** Workspaces that are being given up. */
  readonly #releasing = new Map<string, Promise<void>>();
  #looking: Disposable;
  #isLooking = false;
  /** True if the last look has failed, which is logged once. */
  #hasFailed = false;
  /** True while the service is about to stop, and others take over. */
  #isDraining = false;
  readonly #drained = Promise.withResolvers<void>();

  constructor(options: DeskArrivalsOptions) {
    this.#options = options;
    this.#looking = every(options.clock, LOOK_MS, () => void this.#lookAll());
  }

  /** Number of workspaces whose home is this instance. */
  get size(): number {
    return this.#held.size;
  }

  /** Takes over a socket whose handshake was authenticated as `account`. */
  accept(socket: Socket, account: Account): SocketEvents {
    const waiting = waitingFor(socket);
    this.#find(waiting, account).catch((error) => {
      log.warn("Cannot find the workspace of an agent: {error}", { error });
      socket.close(DESK_CLOSE.overload);
    });
    return waiting;
  }

  /** The same for a socket at another instance. Returns undefined if this
   * instance isn't the home. */
  acceptRelayed(socket: Socket, account: string): SocketEvents | undefined {
    const held = this.#held.get(account);
    if (held === undefined) return undefined;
    const waiting = waitingFor(socket);
    void this.#serve(waiting, account, held);
    return waiting;
  }

  /** The agent's devices can be notified while the desk is closed, or not any
   * more. Only the home of the workspace does so, and some instance claims a
   * workspace without a home. */
  setReachable(account: string, isReachable: boolean): void {
    if (isReachable) this.#reachable.add(account);
    else this.#reachable.delete(account);
    if (this.#held.has(account)) {
      this.#options.bank.setReachable(account, isReachable);
    } else if (isReachable) void this.#claimReachable([account]);
  }

  /** Gives up all workspaces, some at a time, and sends their pages to other
   * instances: those with a ringing call as soon as it is connected or has ended,
   * at the latest at the disposal. Resolves when none is left. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#looking[Symbol.dispose]();
    const { clock } = this.#options;
    this.#looking = every(clock, LEAVE_MS, () => void this.#leaveSome(), 0);
    await this.#drained.promise;
  }

  /** Gives up all workspaces, so that pages find them at other instances. Close
   * the pages afterwards. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#looking[Symbol.dispose]();
    const all = [...this.#held.keys()];
    await Promise.all(all.map((account) => this.#release(account)));
    this.#drained.resolve();
  }

  async #find(waiting: WaitingSocket, account: Account): Promise<void> {
    const { claims, own, clock, isDead, offer } = this.#options;
    const { id, name } = account;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      await this.#releasing.get(id);
      if (this.#isDraining && !this.#held.has(id)) break;
      const home = await claims.claim(id, isDead);
      if (home === own) {
        return await this.#serve(waiting, id, this.#hold(id, name));
      }
      const { socket } = waiting;
      const events = await offer(home, { account: id, socket });
      if (events !== undefined) return waiting.giveTo(events);
      if (await isDead(home)) continue; // It was noticed by the offer.
      // The home is about to give it up, or its death is not noticed yet.
      await new Promise<void>((done) => clock.after(AGAIN_MS, done));
    }
    waiting.socket.close(DESK_CLOSE.restart);
  }

  /** The page takes a chat that is missing in its welcome for lost, so the chats
   * come first. */
  async #serve(
    waiting: WaitingSocket,
    account: string,
    { chats, sockets }: Held,
  ): Promise<void> {
    const { socket } = waiting;
    sockets.add(socket);
    await chats;
    if (waiting.isClosed) return void sockets.delete(socket);
    const events = this.#options.bank.accept(socket, { id: account });
    waiting.giveTo({
      message: (text) => events.message(text),
      closed: (code) => {
        sockets.delete(socket);
        events.closed(code);
      },
    });
  }

  #hold(account: string, address: string): Held {
    const known = this.#held.get(account);
    if (known !== undefined) return known;
    const chats = this.#options.gather(address).catch((error) => {
      log.warn("Cannot bring an agent's chats here: {error}", { error });
    });
    const held = { chats, sockets: new Set<Socket>() };
    this.#held.set(account, held);
    if (this.#reachable.has(account)) {
      this.#options.bank.setReachable(account, true);
    }
    return held;
  }

  async #lookAll(): Promise<void> {
    if (this.#isLooking) return; // The store does not answer.
    this.#isLooking = true;
    let failed: unknown;
    for (const [account, held] of [...this.#held]) {
      await this.#look(account, held).catch((error) => failed ??= error);
    }
    if (this.#looks++ % LOOKS_PER_CLAIM === 0) {
      await this.#claimReachable(this.#reachable);
    }
    this.#isLooking = false;
    if (failed !== undefined && !this.#hasFailed) {
      log.warn("Cannot look at claims: {error}", { error: failed });
    }
    this.#hasFailed = failed !== undefined;
  }

  /** Claims the workspaces that have no home. */
  async #claimReachable(accounts: Iterable<string>): Promise<void> {
    const { bank, claims, isDead, own } = this.#options;
    for (const account of [...accounts]) {
      const address = bank.addressOf(account);
      const isFree = !this.#held.has(account) && !this.#releasing.has(account);
      if (address === undefined || !isFree || this.#isDraining) continue;
      const home = await claims.claim(account, isDead).catch((error) => {
        log.warn("Cannot claim the workspace of an agent: {error}", { error });
      });
      if (home === own && this.#reachable.has(account)) {
        this.#hold(account, address);
      }
    }
  }

  async #look(account: string, { sockets }: Held): Promise<void> {
    const { bank, claims } = this.#options;
    if (!await claims.hold(account)) {
      this.#held.delete(account);
      bank.leave(account);
      // The bank does not know those without a hello.
      for (const socket of sockets) socket.close(DESK_CLOSE.restart);
    } else if (sockets.size === 0 && bank.isUnused(account)) {
      await this.#release(account);
    }
  }

  /** Leaves workspaces without a ringing call. Their pages find them elsewhere
   * only after they have been given up. */
  async #leaveSome(): Promise<void> {
    const { bank } = this.#options;
    const idle = [...this.#held].filter(([account]) =>
      !bank.hasRinging(account)
    );
    const some = idle.slice(0, LEFT_TOGETHER);
    await Promise.all(some.map(async ([account, { sockets }]) => {
      await this.#release(account);
      bank.leave(account);
      for (const socket of sockets) socket.close(DESK_CLOSE.restart);
    }));
    if (this.#held.size === 0) this.#drained.resolve();
  }

  async #release(account: string): Promise<void> {
    this.#held.delete(account);
    const released = this.#options.claims.release(account).catch((error) => {
      log.warn("Cannot give up a claim: {error}", { error });
    });
    this.#releasing.set(account, released);
    await released;
    this.#releasing.delete(account);
  }
}

function waitingFor(socket: Socket): WaitingSocket {
  const tooManyCode = DESK_CLOSE.rateLimited;
  return new WaitingSocket(socket, { messagesMax: EARLY_MAX, tooManyCode });
}
