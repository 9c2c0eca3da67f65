import * as v from "valibot";
import { oneLine } from "@/lib/base/plain_text.ts";

export const ADDRESS_LENGTH_MAX = 64;

/**
 * The address by which an agent is dialled: the SIP-ID of a PBX object, or the
 * sign-in name of a desk account. `sip:` marks a SIP-ID of digits, which would
 * otherwise be dialled as a number. It is the agent's key within its widget.
 */
export const Address = v.pipe(
  v.string("must be a text"),
  v.trim(),
  v.minLength(1, "must not be empty"),
  v.maxLength(
    ADDRESS_LENGTH_MAX,
    `must have at most ${ADDRESS_LENGTH_MAX} characters`,
  ),
  v.regex(
    /^(?:sip:)?[\p{L}\p{N}._@+*#-]+$/u,
    "must be letters, digits and . _ @ + * # -",
  ),
);
export type Address = v.InferOutput<typeof Address>;

/** An address that an admin types or pastes: hidden characters are removed
 * (ACC15). */
export const TypedAddress = v.pipe(
  v.string("must be a text"),
  v.transform(oneLine),
  Address,
);
