import * as v from "valibot";
import { Presence } from "@/lib/model/presence.ts";

// The agents to whom an agent can hand a chat over:
//
//   GET /desk/colleagues?text=…&widget=…  -> Colleagues
//
// With the id of the chat's widget, the teams of that widget and its agents at
// PBXs are in the answer.

/** Maximum length of the text of a search. */
export const COLLEAGUE_TEXT_MAX = 200;

const Team = v.object({
  address: v.string(),
  name: v.string(),
  available: v.number(),
});
export type HandoverTeam = v.InferOutput<typeof Team>;

const Agent = v.object({
  address: v.string(),
  name: v.string(),
  presence: Presence,
});

/** Agents at the desk, with the presence that visitors see. */
export const Colleagues = v.object({
  /** Those who are not offline, by name. */
  agents: v.array(Agent),
  /** True if there are more, which only a search finds. */
  hasMore: v.boolean(),
  /** The teams of the widget, by name, with the number of other agents who would
   * be rung. */
  teams: v.exactOptional(v.array(Team), []),
  /** Agents of the widget at a PBX whose clients take chats and who are not
   * offline, by name. */
  atPbx: v.exactOptional(v.array(Agent), []),
});
export type Colleagues = v.InferOutput<typeof Colleagues>;
export type Colleague = Colleagues["agents"][number];

/** Requests the colleagues, and the teams and PBX agents of the widget, whose name or address
 * contains `text`. Returns `undefined` if there is no answer before `signal` is
 * aborted. */
export async function askColleagues(
  text: string,
  signal: AbortSignal,
  widget: string,
): Promise<Colleagues | undefined> {
  try {
    const query = new URLSearchParams({ text, widget });
    const response = await fetch(`/desk/colleagues?${query}`, {
      cache: "no-store",
      redirect: "error",
      signal,
    });
    const parsed = v.safeParse(Colleagues, await response.json());
    return response.ok && parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // No network, or signed out.
  }
}
