import { isSignedInPage } from "@/components/admin/destination.ts";
import { type DeskState, isTiedToPage } from "./desk_state.ts";

/** True if the agent's contacts continue when this page is left for `to`, which
 * is undefined if the tab may be closing. */
export function staysReachable(desk: DeskState, to: URL | undefined): boolean {
  if (isTiedToPage(desk)) return false;
  if (to !== undefined && isSignedInPage(to)) return true;
  return desk.pages > 1 && to?.pathname !== "/logout";
}
