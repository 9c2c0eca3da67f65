import * as v from "valibot";
import { TypedAddress } from "./address.ts";
import { OpeningHours } from "./hours.ts";
import { ContactMedia } from "./media.ts";
import { PictureId } from "./picture.ts";
import { Team } from "./team.ts";
import { Email, line, Phone, WebAddress } from "./text.ts";

/** An agent of a widget, shown as a card. */
export const Agent = v.pipe(
  v.strictObject({
    /** Destination of calls and chats, and the card's `id` in the visitor's
     * protocol. */
    address: TypedAddress,
    /** The name for visitors; if empty, they see the address. */
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
    /** True for holidays or sick leave: the card stays and shows as
     * unavailable. */
    inactive: v.boolean(),
    /** A Boolean object of the PBX that decides whether this agent is
     * available. */
    boolean: v.union([v.literal(""), TypedAddress]),
    /** A button of the card that opens a page; none if the url is empty. */
    link: v.strictObject({ label: line(40), url: WebAddress }),
    /** The agent's own hours; absent for those of the widget. */
    hours: v.exactOptional(OpeningHours),
    /** The people behind the card, if it is a team; `address` is only its key
     * then. */
    team: v.exactOptional(Team),
  }),
  v.forward(
    v.check(
      ({ name, team }) => team === undefined || name !== "",
      "must not be empty", // The address of a team means nothing to visitors.
    ),
    ["name"],
  ),
);
export type Agent = v.InferOutput<typeof Agent>;
