import { Mailbox } from "./mailbox.ts";
import { facility, isJson, type Json, textOf } from "./messages.ts";

/** A number that the PBX was asked to call for a phone. */
export interface Transfer {
  /** The call of the phone. */
  call: unknown;
  /** With its prefix, such as `I49703173009`. */
  to: string;
}

/** SDK: Signal, ct_initiate without an id: a new call to `dst`. */
export class Transfers {
  /** Those that were asked for, oldest first. */
  readonly all: Transfer[] = [];
  readonly heard = new Mailbox<Transfer>();
  /** How the PBX answers; undefined for not at all. */
  result: Json | undefined = {};

  /** Returns the answer to a signal that asks for a transfer. */
  take(call: unknown, sig: Json): Json | undefined {
    const initiate = facility(sig, "ct_initiate");
    if (initiate === undefined) return undefined;
    const dst = isJson(initiate.dst) ? initiate.dst : {};
    const transfer = { call, to: textOf(dst.num) };
    this.all.push(transfer);
    this.heard.put(transfer);
    if (this.result === undefined) return undefined;
    const fty = [{ type: "ct_initiate_result", ...this.result }];
    return { type: "facility", fty };
  }
}
