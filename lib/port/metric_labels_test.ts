import { deepEqual } from "node:assert/strict";
import type { NotSignedIn } from "@/lib/admin/sign_in.ts";
import { COUNTED } from "@/lib/metrics/names.ts";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { COUNTED_LIMITS } from "@/lib/visitor/limits.ts";
import type { Unproven } from "@/lib/visitor/contact_requests.ts";
import type { SocketKind } from "./socket_paths.ts";
import type { CutReason } from "./ws_sockets.ts";

// Each value of a type is a member here, or this file does not compile.
const KINDS: Record<SocketKind, true> = {
  visitor: true,
  desk: true,
  pbx: true,
};
const CUTS: Record<CutReason, true> = {
  "silent": true,
  "unread": true,
  "frame": true,
  "binary": true,
  "talks-on": true,
};
const UNPROVEN: Record<Unproven, true> = {
  "old-page": true,
  "unasked": true,
  "late": true,
  "wrong": true,
  "too-much": true,
};
const SIGN_INS: Record<"ok" | NotSignedIn["reason"], true> = {
  ok: true,
  wrong: true,
  throttled: true,
};

Deno.test("labels initialized to 0 are exactly those that are counted", () => {
  const expected: [name: string, label: string, values: string[]][] = [
    ["visitor_limited", "limit", [...COUNTED_LIMITS]],
    ["visitor_closed", "code", Object.values(CLOSE).map(String)],
    ["visitor_unproven", "reason", Object.keys(UNPROVEN)],
    ["socket_cut", "door", Object.keys(KINDS)],
    ["socket_cut", "why", Object.keys(CUTS)],
    ["sign_ins", "result", Object.keys(SIGN_INS)],
  ];

  for (const [name, label, values] of expected) {
    const known = COUNTED[name]?.labels[label] ?? [];
    deepEqual([...known].sort(), values.sort(), `${name} ${label}`);
  }
});
