import * as v from "valibot";
import { Address } from "./address.ts";
import { ContactMedia } from "./media.ts";
import { PictureId } from "./picture.ts";
import { Email, line, Phone, WebAddress } from "./text.ts";

/** One who can be contacted through a widget: a card of it. */
export const Agent = v.strictObject({
  /** Where calls and chats go, and the card's `id` on the visitor's wire. */
  address: Address,
  /** What visitors read. Empty: the address is shown. */
  name: line(64),
  department: line(64),
  phone: Phone,
  email: Email,
  picture: v.union([v.literal(""), PictureId]),
  media: v.pipe(
    v.array(ContactMedia),
    v.maxLength(3, "must name each way once"),
    v.check((m) => new Set(m).size === m.length, "must name each way once"),
  ),
  /** Holiday, sick leave: the card stays and is never available. */
  inactive: v.boolean(),
  /** A Boolean object of the PBX that says whether this agent is available. */
  boolean: v.union([v.literal(""), Address]),
  /** A button of the card that opens a page. Empty url: no button. */
  link: v.strictObject({ label: line(40), url: WebAddress }),
});
export type Agent = v.InferOutput<typeof Agent>;
