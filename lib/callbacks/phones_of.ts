import type { Inquiry } from "@/lib/model/inquiry.ts";
import type { WidgetContent } from "@/lib/model/widget.ts";
import { timesOf } from "./times.ts";

/** Maximum number of phones that ring for one callback. */
const PHONES_MAX = 20;

/** An agent whose phone may ring. */
export interface RungPhone {
  /** Of the agent. */
  address: string;
  /** The agent's name in the widget, or the address. */
  name: string;
  /** A Boolean object of the PBX that has to be on, or "". */
  boolean: string;
}

/** Returns the agents whose phones ring for a callback: the agent to whom the
 * visitor wrote, or the members of that team, or those of all agents of the
 * widget. Inactive agents and those outside their hours are left out. */
export function phonesOf(
  { address }: Pick<Inquiry, "address">,
  content: WidgetContent | undefined,
  now: number,
): RungPhone[] {
  const agents = (content?.agents ?? []).filter((one) =>
    !one.inactive && (address === "" || one.address === address) &&
    timesOf(one, content, now).opensAt ===
      undefined
  );
  const all = agents.flatMap(({ address, name, boolean, team }) =>
    team === undefined
      ? [{ address, name: name || address, boolean }]
      : team.members.map((member) => ({
        address: member,
        name: member,
        boolean,
      }))
  );
  const byAddress = new Map(
    all.toReversed().map((phone) => [phone.address.toLowerCase(), phone]),
  );
  return [...byAddress.values()].reverse().slice(0, PHONES_MAX);
}
