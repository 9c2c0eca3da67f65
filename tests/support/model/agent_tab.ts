import { Desk } from "@/desk/desk.ts";
import type { PageSocketEvents } from "@/desk/connection.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Chance } from "../chance.ts";
import { ModelDevices, ModelStream } from "./fake_devices.ts";
import { type Accept, LossyWire } from "./lossy_wire.ts";
import { MortalClock } from "./mortal_clock.ts";

/** An agent's browser tab with the real model of the desk's page. */
export class AgentTab {
  readonly #clock: Clock;
  readonly #dice: Chance;
  readonly #accept: Accept;
  readonly #wires = new Set<LossyWire>();
  devices: ModelDevices;
  desk: Desk;
  isUp = true;
  #wire: LossyWire | undefined;
  #life: MortalClock | undefined;
  #texts = 0;

  constructor(clock: Clock, dice: Chance, accept: Accept) {
    this.#clock = clock;
    this.#dice = dice;
    this.#accept = accept;
    this.devices = new ModelDevices(dice);
    this.desk = this.#open();
  }

  /** Leaves or reloads the page, and loads it again. */
  reload(): void {
    this.desk.stop();
    this.#end(1001, Infinity);
    this.desk = this.#open();
  }

  /** Kills the page's process; the agent opens another. */
  crash(): void {
    this.#end(1006, this.#dice.below(3));
    this.desk = this.#open();
  }

  write(chat: string): void {
    const text = `a:${chat}:${++this.#texts}`;
    this.desk.dispatch({ type: "draft", chat, text });
    this.desk.write(chat);
  }

  cut(...how: Parameters<LossyWire["cut"]>): void {
    this.#wire?.cut(...how);
  }

  notice(): void {
    for (const wire of this.#wires) wire.notice();
  }

  /** The service's process has ended. */
  endService(): void {
    for (const wire of this.#wires) wire.endService();
  }

  deliver(direction: "to-page" | "to-service"): boolean {
    let hasDelivered = false;
    for (const wire of this.#wires) {
      hasDelivered = wire.deliver(direction) || hasDelivered;
      if (wire.isOver && wire.waiting === 0) this.#wires.delete(wire);
    }
    return hasDelivered;
  }

  #end(code: number, keep: number): void {
    for (const wire of this.#wires) wire.endPage({ code, keep });
    this.#wire = undefined;
    this.devices.end();
    this.#life?.end();
  }

  #open(): Desk {
    const devices = this.devices = new ModelDevices(this.#dice);
    const clock = this.#life = new MortalClock(this.#clock);
    const desk = new Desk({
      clock,
      chance: () => this.#dice.next(),
      newId: () => crypto.randomUUID(),
      notice: () => {},
      openSocket: (events) => this.#openSocket(events),
      checkSession: () =>
        Promise.resolve(this.isUp ? "signed-in" : "unreachable"),
      openPeer: () => devices.openPeer() as unknown as RTCPeerConnection,
      devices: devices.list() as unknown as MediaDevices,
      callTrouble: () => undefined,
      newStream: () => new ModelStream() as unknown as MediaStream,
    }, "online");
    desk.start();
    return desk;
  }

  #openSocket(events: PageSocketEvents) {
    const wire = new LossyWire(this.isUp ? this.#accept : undefined, events);
    this.#wire = wire;
    this.#wires.add(wire);
    return {
      send: (text: string) => wire.send(text),
      close: (code: number) => wire.close(code),
    };
  }
}
