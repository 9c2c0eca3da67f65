import type { OutgoingCall } from "@/lib/contact/ports.ts";
import { endpointOf } from "../address.ts";
import { callerOf } from "./caller.ts";
import type { OutgoingSignal, Signal } from "./signal.ts";

/** A visitor who wants to be called, and the agent whose phone rings first. */
export interface OutgoingCallback {
  /** Of the agent. */
  address: string;
  /** The visitor's telephone number in international form, as `+4970317300`. */
  number: string;
  visitor: OutgoingCall["visitor"];
}

/**
 * Returns how the PBX calls the agent's phone, and connects it with the number
 * once the agent has answered: an ordinary call of the App, which is then
 * transferred to the number.
 *
 * INFERRED, and not tried with a real PBX: no document describes an App that
 * does this. `SDK: Signal` describes the parts, and leaves these points open:
 *
 * - `setup`: that a setup with media (`channel` -1) may have no `channels`,
 *   because the App has no media to offer. Media is negotiated between the phone
 *   and the number after the transfer.
 * - `ct_initiate`: without an `id`, it asks for a new call to `dst` (a blind
 *   transfer). The page does not say that the side that has made a call over
 *   PbxSignal may send it, or whether the PBX or the phone makes the new call.
 * - `dst`: that a number with the prefix I (international, `EP`) is completed
 *   for the trunk as if the agent had dialled it.
 * - `ct_initiate_result`: `error` is set if the transfer has failed; otherwise
 *   the new call has reached call_proc, alert or conn. The page does not say
 *   that the result comes before the call is released. So a release without a
 *   result may mean that the number was called, and so may an `error` of 0.
 *
 * `UserCall` (SDK: RCC) is no alternative: by the page of the SOAP API, on which
 * RCC is based, a phone of the vendor dials the number itself at once, before
 * anybody has picked up, so the visitor could hear nobody.
 */
export function phoneThenNumber(
  { address, number, visitor }: OutgoingCallback,
  cliOverride: boolean,
): {
  setup: OutgoingSignal;
  transfer: OutgoingSignal;
  /** Returns the result of the transfer, if the signal has one. */
  resultOf(signal: Signal): "called" | "failed" | undefined;
} {
  const initiate = { type: "ct_initiate", dst: endpointOf(number) };
  return {
    setup: {
      type: "setup",
      bc: "8090a2",
      cd: endpointOf(address),
      complete: true,
      channel: -1,
      fty: callerOf({ visitor }, cliOverride),
    },
    transfer: { type: "facility", fty: [initiate] },
    resultOf({ fty }) {
      const result = fty.find(({ type }) => type === "ct_initiate_result");
      if (result?.type !== "ct_initiate_result") return undefined;
      return result.error ? "failed" : "called";
    },
  };
}
