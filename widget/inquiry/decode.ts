import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { flag, list, number, object, text, variant } from "../decode_parts.ts";

// Decodes the messages about the form, which loads on demand. Accepts exactly
// what the schemas in contact_messages.ts accept.

/** A message about the form. */
export type FormMessage = Extract<
  ContactMessage,
  { mt: "CallbackTimes" | "MessageStored" | "MessageRefused" }
>;
type Of<M> = Omit<Extract<FormMessage, { mt: M }>, "mt">;

const formMessage = variant<FormMessage, "mt">("mt", {
  CallbackTimes: object<Of<"CallbackTimes">>(
    { slots: list(number), minutes: number },
    { soonAt: number, never: flag },
  ),
  MessageStored: object<Of<"MessageStored">>({ id: text, number: text }),
  MessageRefused: object<Of<"MessageRefused">>(
    { id: text, error: text },
    { field: text, retryAfter: number, consent: text },
  ),
});

/** Decodes a message about the form; undefined for anything else. Never
 * throws. */
export function decodeFormMessage(value: unknown): FormMessage | undefined {
  try {
    return formMessage(value);
  } catch {
    return undefined;
  }
}
