import type {
  MyAppsReason,
  MyAppsRefusal,
} from "@/lib/protocol/admin/my_apps.ts";

/** Maximum size of a posted login: MyAppsLogin, in which each character may
 * take six bytes of JSON. */
export const LOGIN_BYTES_MAX = 102_400;

const STATUS: Record<MyAppsReason, number> = {
  unreadable: 400,
  challenge: 401,
  digest: 401,
  denied: 403,
  "no-password": 409,
  "too-many": 409,
  throttled: 429,
  unavailable: 503,
};

/** Returns a rejection of the protocol as a response. */
export function refuseMyApps(refusal: MyAppsRefusal): Response {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (refusal.retryAfter !== undefined) {
    headers["retry-after"] = String(refusal.retryAfter);
  }
  return Response.json(refusal, { status: STATUS[refusal.reason], headers });
}
