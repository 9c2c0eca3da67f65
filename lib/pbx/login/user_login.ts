import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { AppLogin, type ReceivedLogin } from "./app_login.ts";
import { rawMember } from "./raw_member.ts";

/** A login with `info` has some hundred characters; that of a user in many
 * groups more. */
export const USER_LOGIN_LENGTH_MAX = 16_384;

/**
 * Parses the login that the myApps client gives to a page that sent `getLogin`:
 * the members of AppLogin. INFERRED, only here: its `mt` is `Login`, which a
 * page would forward as `AppLogin`; it contains a session's `key`, which is not
 * read; it is a user's login if it names the App object in `pbxObj`. Never
 * throws.
 */
export function readUserLogin(
  json: string,
): Result<ReceivedLogin, "unreadable" | "no-user"> {
  if (json.length > USER_LOGIN_LENGTH_MAX) return err("unreadable");
  const login = v.safeParse(UserLogin, parseJson(json));
  if (!login.success) return err("unreadable");
  const { output } = login;
  if (!output.pbxObj || output.sip === "") return err("no-user");
  const received = { ...output, mt: "AppLogin" as const };
  return ok({ login: received, rawInfo: rawMember(json, "info") });
}

const UserLogin = v.object({
  ...AppLogin.entries,
  mt: v.picklist(["Login", "AppLogin"]),
});
