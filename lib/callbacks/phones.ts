import type { TellPresence } from "@/lib/model/presence.ts";

/** The phones of agents, which the PBXs of this instance can call. */
export interface Phones {
  /** Reports the presence of an agent or a Boolean object now, and each change,
   * until disposed of. */
  watch(address: string, tell: TellPresence): Disposable;
  /** Calls an agent's phone; undefined if no PBX can. */
  callBack(
    call: PhoneRequest,
    tell: (event: PhoneEvent) => void,
  ): PhoneLeg | undefined;
}

/** An agent's phone, and the visitor's number. */
export interface PhoneRequest {
  address: string;
  /** In international form, with digits only after the `+`. */
  number: string;
  /** As the phone shows the visitor. */
  visitor: {
    name: string;
    widget: { uuid: string; name: string };
    lang: string;
  };
}

export type PhoneEvent =
  /** The agent is on the phone, and waits for `connect`. */
  | { type: "answered"; name?: string }
  /** The last event. `wasCalled`: the number was called, or may have been. */
  | { type: "ended"; wasCalled: boolean };

export interface PhoneLeg {
  send(
    command: { type: "connect" } | { type: "hang-up"; cause: number },
  ): void;
}
