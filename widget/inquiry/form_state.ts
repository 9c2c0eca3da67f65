import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { CallbackTimes } from "@/lib/protocol/visitor/contact_messages.ts";
import type { FormOwner } from "./port.ts";

/**
 * A message, from its first letter to its reference number.
 *
 *            send             MessageStored
 *   writing ------> sending ----------------> stored
 *      ^               | MessageRefused         | reset
 *      +---------------+------------------------+
 *
 * A message that is being sent is sent again after each reconnect. Its id makes
 * a repetition harmless.
 */
export type FormState =
  | { state: "writing"; alert: Alert }
  | { state: "sending"; id: string }
  | { state: "stored"; number: string; slot: number | undefined };

/** The key of a text about the first invalid field, or "". */
export type Alert = keyof WidgetTexts | "";

/** The form as its views see it. */
export interface FormFields {
  readonly owner: FormOwner;
  readonly state: FormState;
  readonly reply: string;
  /** The version of the text that the visitor still has to agree to, or "". */
  readonly consent: string;
  /** Version of the consent text whose box is checked. */
  readonly checked: string;
  /** Start of the slot in which the visitor wants to be called, in seconds since
   * 1970; 0 for as soon as possible, undefined for no call. */
  readonly slot: number | undefined;
  readonly times: CallbackTimes | undefined;
  /** The agent whom the visitor has seen unavailable. */
  readonly away: string | undefined;
  enter(reply: string): void;
  wantCall(slot: number | undefined): void;
  check(isChecked: boolean): void;
  reset(): void;
}
