import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { DeskArrivals } from "@/lib/desk/desk_arrivals.ts";
import type { Account } from "@/lib/model/account.ts";
import { HomeClaims } from "@/lib/store/claims.ts";
import { FakeClock } from "./fake_clock.ts";
import { settle } from "./visitor_room.ts";

export const OTTO: Account = {
  ...{ id: "o1", name: "otto", displayName: "Otto", roles: ["agent"] },
  ...{ createdAt: 0, updatedAt: 0 },
};

/** One instance: notes what happens, in order. */
export class Instance {
  readonly happened: string[] = [];
  readonly reaches: string[] = [];
  readonly arrivals: DeskArrivals;
  isAlive = true;
  isHung = false;
  isUnused = false;
  hasRinging = false;
  gathered = Promise.resolve();

  constructor(
    readonly id: string,
    kv: Deno.Kv,
    { all, clock }: { all: Instance[]; clock: FakeClock },
  ) {
    const find = (home: string) => all.find((one) => one.id === home);
    this.arrivals = new DeskArrivals({
      ...{ own: id, clock, claims: new HomeClaims(kv, "workspace", id) },
      bank: {
        isUnused: () => this.isUnused,
        hasRinging: () => this.hasRinging,
        leave: () => this.happened.push("left"),
        addressOf: () => OTTO.name,
        setReachable: (account, is) => this.reaches.push(`${account} ${is}`),
        accept: () => {
          this.happened.push("accepted");
          return { message: (text) => this.happened.push(text), closed() {} };
        },
      },
      isDead: (home) => find(home)?.isAlive !== true,
      offer: (home, { account, socket }) => {
        const to = find(home);
        if (to?.isHung) to.isAlive = false; // The offer shows it.
        return Promise.resolve(
          to?.isHung ? undefined : to?.arrivals.acceptRelayed(socket, account),
        );
      },
      gather: async (address) => {
        this.happened.push(`gathers ${address}`);
        await this.gathered;
        this.happened.push("has chats");
      },
    });
    all.push(this);
  }

  async page(
    account = OTTO,
  ): Promise<{ events: SocketEvents; codes: number[] }> {
    const codes: number[] = [];
    const socket: Socket = {
      ...{ send() {}, close: (code: number) => codes.push(code) },
      bufferedAmount: 0,
    };
    const events = this.arrivals.accept(socket, account);
    events.message("hello");
    await settled();
    return { events, codes };
  }
}

export async function openInstances() {
  const kv = await Deno.openKv(":memory:");
  const clock = new FakeClock();
  const all: Instance[] = [];
  const [a, b] = ["a", "b"].map((id) => new Instance(id, kv, { all, clock }));
  if (!a || !b) throw new Error("no instance");
  return {
    ...{ a, b, kv, clock },
    async [Symbol.asyncDispose]() {
      for (const { arrivals } of all) await arrivals[Symbol.asyncDispose]();
      kv.close();
    },
  };
}

export async function settled(): Promise<void> {
  for (let n = 0; n < 20; n++) await settle();
}
